using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the properties of the devices, and of their streams, in a hashtable that maps names to properties.</summary>
public sealed class DeviceTreeCompleter : StreamTreeCompleter
{
    private protected override IEnumerable<CompletionItem> Parts(IReadOnlyList<string> outer, string? key)
        => outer.Count == 1 ? Properties(TreeDefinition.DeviceKeys, key)
            : outer is [_, var part, var stream] && part.Equals("streams", StringComparison.OrdinalIgnoreCase) ? base.Parts([stream], key)
            : [];
}
