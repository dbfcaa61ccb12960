using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes whole paths, part by part.</summary>
public sealed class ItemCompleter : CdbCompleter
{
    private static readonly PathCompleter[] s_levels = [new UserCompleter(), new DeviceCompleter(), new StreamCompleter()];

    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
    {
        int level = word.Count(c => c == '/');
        return level < s_levels.Length ? s_levels[level].Paths(word, bound) : [];
    }
}
