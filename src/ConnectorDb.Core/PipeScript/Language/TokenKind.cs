namespace ConnectorDb.Core.PipeScript.Language;

internal enum TokenKind
{
    End,
    Number,
    Text,
    True,
    False,
    Name,
    Operator,
    Pipe,
    Colon,
    Comma,
    OpenRound,
    CloseRound,
    OpenSquare,
    CloseSquare,
    OpenCurly,
    CloseCurly,
}
