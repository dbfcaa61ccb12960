using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes an argument, with or without quotes. An error completes nothing, because a key press must not fail.</summary>
public abstract class CdbCompleter : IArgumentCompleter
{
    private protected CdbCompleter()
    {
    }

    /// <summary>The command line up to the next pipe.</summary>
    private protected CommandAst? Command { get; private set; }

    // An empty list, unlike null, keeps PowerShell from offering the names of files.
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Command = commandAst;
        string quote = wordToComplete is ['\'' or '"', ..] ? wordToComplete[..1] : "";
        string word = wordToComplete is null ? "" : quote.Length == 0 ? wordToComplete : wordToComplete.Trim(quote[0]);
        try
        {
            return Items(word, fakeBoundParameters)
                .Where(item => item.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(item => item.Text)
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

    /// <summary>The open object that another parameter of the command line holds or names; null when there is none.</summary>
    private protected static T? Opened<T>(IDictionary bound, string parameter)
        where T : class
        => Bound<T>(bound, parameter) ?? (bound[parameter] is { } name && OpenedNames.Find<T>(CallerState.Current, $"{name}") is [var named] ? named : null);

    /// <summary>The value of another parameter of the command line; null when it has none of this type.</summary>
    private protected static T? Bound<T>(IDictionary bound, string parameter)
        where T : class
        => PowerShellObject.Unwrap(bound[parameter]) as T;
}
