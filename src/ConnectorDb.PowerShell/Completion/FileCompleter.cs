using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes files and folders. The other parameters complete none: see <see cref="FilelessArgument"/>.</summary>
public sealed class FileCompleter : IArgumentCompleter
{
    /// <summary>The ends of the names of files that belong to a store, logger or configuration.</summary>
    private static readonly string[] s_marks = ["-wal", "-shm", "-journal", "-open", "-reserve", "-part", "-sync", "-sync-", ".lock"];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] all = [.. CompletionCompleters.CompleteFilename(wordToComplete ?? "")];
        HashSet<string> names = [.. all.Select(each => each.ListItemText)];
        return all.Where(each => !s_marks.Any(mark => IsBeside(each.ListItemText, mark, names))).ToArray();
    }

    private static bool IsBeside(string name, string mark, HashSet<string> names)
        => name.LastIndexOf(mark, StringComparison.Ordinal) is > 0 and var end && name[(end + mark.Length)..].All(char.IsAsciiDigit) && names.Contains(name[..end]);
}
