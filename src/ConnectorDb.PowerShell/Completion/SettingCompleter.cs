using System.Collections;
using ConnectorDb.PowerShell.Serving;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the settings of the server as the keys of a hashtable.</summary>
public sealed class SettingCompleter : CdbCompleter, IHashtableCompleter
{
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at)
        => at.Key is null && at.Outer.Count == 0 ? KnownSettings.All.Select(setting => new CompletionItem(setting.Name, setting.Name, setting.Description)) : [];

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => [];
}
