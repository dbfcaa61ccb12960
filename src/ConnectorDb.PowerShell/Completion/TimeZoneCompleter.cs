using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of time zones.</summary>
public sealed class TimeZoneCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => TimeZones.Names.Prepend("UTC").Prepend(TimeZoneArgumentAttribute.Local).Distinct().Select(name => new CompletionItem(name, name, ""));
}
