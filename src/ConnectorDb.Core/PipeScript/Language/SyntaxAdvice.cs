namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>The advice in the message of a syntax error.</summary>
internal static class SyntaxAdvice
{
    /// <param name="previous">The token before.</param>
    /// <param name="found">The unexpected token.</param>
    /// <param name="opened">The open bracket, if there is one.</param>
    public static ScriptSyntaxException Unexpected(SourceText source, Token previous, Token found, Token? opened)
        => source.Error(found.Span, Advice(source, previous, found, opened));

    private static string Advice(SourceText source, Token previous, Token found, Token? opened)
    {
        if (previous.IsSpaced && found.Kind is TokenKind.OpenRound or TokenKind.OpenSquare)
        {
            return $"Arguments in brackets follow the name at once: write {previous.Text}( without the space.";
        }

        if (previous.Kind == TokenKind.Number && found.Kind == TokenKind.Name && previous.Span.End == found.Span.Start)
        {
            return "A number consists of digits and a point. It has no exponent and no unit, and a name cannot begin with a digit.";
        }

        if (opened is { } bracket)
        {
            return found.Kind switch
            {
                _ when previous.IsSpaced && found.BeginsArgument => $"Inside brackets a transform takes its arguments in brackets of its own: write {previous.Text}(…).",
                TokenKind.End => $"The bracket {Words(source, bracket)} of column {ColumnOf(source, bracket)} is not closed.",
                TokenKind.Comma when bracket.Kind == TokenKind.OpenSquare
                    => "A script has no arrays. A key of several values is a text, as in map(weekday + \"-\" + dayhour, count); several results are an object, {\"a\": …, \"b\": …}.",
                TokenKind.Comma => "A comma separates arguments in brackets; before the bracket belongs a name, without a space.",
                TokenKind.Pipe => "A pipe inside an argument needs brackets of its own: map($, ($ | sum)).",
                _ => $"Here the bracket {Words(source, bracket)} of column {ColumnOf(source, bracket)} should be closed, not {Words(source, found)} stand.",
            };
        }

        return found.Kind switch
        {
            TokenKind.End => "The script ends where a value should follow.",
            TokenKind.CloseRound or TokenKind.CloseSquare or TokenKind.CloseCurly when EndsOperand(previous)
                => $"The bracket {Words(source, found)} closes nothing.",
            TokenKind.Comma => "A comma separates arguments in brackets. Without brackets, arguments stand side by side.",
            _ when EndsOperand(previous) && found.BeginsArgument
                => $"Between {Words(source, previous)} and {Words(source, found)} an operator or | is missing. Arguments without brackets follow only the first name of a stage.",
            _ => $"A value should stand here, not {Words(source, found)}.",
        };
    }

    private static bool EndsOperand(Token token) => token.Kind switch
    {
        TokenKind.Number or TokenKind.Text or TokenKind.True or TokenKind.False or TokenKind.Name => true,
        TokenKind.CloseRound or TokenKind.CloseSquare or TokenKind.CloseCurly => true,
        _ => false,
    };

    private static int ColumnOf(SourceText source, Token token)
        => source.Error(token.Span, "").Column;

    private static string Words(SourceText source, Token token)
    {
        const int Longest = 30;
        string text = source.Text.Substring(token.Span.Start, token.Span.Length);
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }
}
