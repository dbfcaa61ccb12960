using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes complete paths of users, devices and streams, one part at a time.</summary>
public sealed class NodeCompleter : CdbCompleter
{
    private static readonly PathCompleter[] s_levels = [new UserCompleter(), new DeviceCompleter(), new StreamCompleter()];

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        int level = word.Count(c => c == '/');
        return level < s_levels.Length ? s_levels[level].Paths(word, bound) : [];
    }
}
