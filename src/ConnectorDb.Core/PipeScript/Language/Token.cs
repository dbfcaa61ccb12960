namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>A token of the language.</summary>
/// <param name="Text">A name, or a text without its quotes and escapes.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="Operator">The operator of <see cref="TokenKind.Operator"/>.</param>
/// <param name="IsSpaced">A name with white space right after it; only such a name takes arguments without brackets.</param>
internal readonly record struct Token(
    TokenKind Kind,
    TextSpan Span,
    string Text = "",
    double Number = 0,
    Operator Operator = default,
    bool IsSpaced = false)
{
    /// <summary>An argument without brackets can begin with this. A minus cannot: after a name it subtracts.</summary>
    public bool BeginsArgument => Kind switch
    {
        TokenKind.Number or TokenKind.Text or TokenKind.True or TokenKind.False or TokenKind.Name => true,
        TokenKind.OpenRound or TokenKind.OpenSquare or TokenKind.OpenCurly => true,
        TokenKind.Operator => Operator == Operator.Not,
        _ => false,
    };
}
