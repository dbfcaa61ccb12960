using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>A possible completion of an argument.</summary>
/// <param name="Text">The complete argument, without quotes.</param>
/// <param name="Label">The text in the list of completions.</param>
/// <param name="Description">The tooltip.</param>
internal sealed partial record CompletionItem(string Text, string Label, string Description)
{
    /// <summary>True for an expression, which has no quotes.</summary>
    public bool IsExpression { get; init; }

    /// <param name="quote">The quote that begins the argument; a text that is no bare word is quoted in any case.</param>
    public CompletionResult ToResult(string quote)
        => new(IsExpression ? Text : Quoted(quote), Label, CompletionResultType.ParameterValue, Description.Length == 0 ? Label : Description);

    private string Quoted(string quote) => quote switch
    {
        "" when BareWord().IsMatch(Text) => Text,
        "\"" => $"\"{Special().Replace(Text, "`$0")}\"",
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(Text)}'",
    };

    [GeneratedRegex(@"^(?!-)[^\s'""`$(){}\[\];,|&<>@#]+$")]
    private static partial Regex BareWord();

    [GeneratedRegex(@"[`""$]")]
    private static partial Regex Special();
}
