using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the properties of the devices, and of their streams, in a hashtable that maps names to properties.</summary>
public sealed class DeviceTreeCompleter : StreamTreeCompleter
{
    private protected override IEnumerable<CompletionItem> Parts(IReadOnlyList<string> outer, string? key, IDictionary bound)
        => outer.Count == 1 ? Properties(TreeDefinition.DeviceKeys, key, bound)
            : outer.Count > 1 && outer[1].Equals("streams", StringComparison.OrdinalIgnoreCase) ? base.Parts([.. outer.Skip(2)], key, bound)
            : [];
}
