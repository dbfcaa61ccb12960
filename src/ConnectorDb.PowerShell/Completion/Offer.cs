using System.Management.Automation;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>One way to go on.</summary>
/// <param name="Text">The whole argument, without quotes.</param>
/// <param name="Label">What the list shows.</param>
/// <param name="Description">What it is.</param>
internal sealed record Offer(string Text, string Label, string Description)
{
    /// <param name="quote">What the user has begun the argument with; a text with blanks gets quotes in any case.</param>
    public CompletionResult ToResult(string quote)
        => new(quote.Length == 0 && Text.Contains(' ', StringComparison.Ordinal) ? $"'{Text}'" : quote + Text + quote, Label, CompletionResultType.ParameterValue, Description.Length == 0 ? Label : Description);
}
