using System.Management.Automation;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>A possible completion of an argument.</summary>
/// <param name="Text">The complete argument, without quotes.</param>
/// <param name="Label">The text in the list of completions.</param>
/// <param name="Description">The tooltip.</param>
internal sealed record CompletionItem(string Text, string Label, string Description)
{
    /// <param name="quote">The quote that begins the argument; a text with spaces is quoted in any case.</param>
    public CompletionResult ToResult(string quote)
        => new(quote.Length == 0 && Text.Contains(' ', StringComparison.Ordinal) ? $"'{Text}'" : quote + Text + quote, Label, CompletionResultType.ParameterValue, Description.Length == 0 ? Label : Description);
}
