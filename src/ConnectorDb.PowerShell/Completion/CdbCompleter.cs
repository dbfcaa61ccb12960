using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes an argument, with or without quotes. An error completes nothing, because a key press must not fail.</summary>
public abstract class CdbCompleter : IArgumentCompleter
{
    private protected CdbCompleter()
    {
    }

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string quote = wordToComplete is ['\'' or '"', ..] ? wordToComplete[..1] : "";
        string word = wordToComplete is null ? "" : quote.Length == 0 ? wordToComplete : wordToComplete.Trim(quote[0]);
        try
        {
            return Items(word, fakeBoundParameters)
                .Where(item => item.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(item => item.ToResult(quote))
                .ToArray();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>The possible arguments; those that do not start with the word are dropped.</summary>
    private protected abstract IEnumerable<CompletionItem> Items(string word, IDictionary bound);

    /// <summary>The value of another parameter of the command line; null when it has none of this type.</summary>
    private protected static T? Bound<T>(IDictionary bound, string parameter)
        where T : class
        => PowerShellObject.Unwrap(bound[parameter]) as T;
}
