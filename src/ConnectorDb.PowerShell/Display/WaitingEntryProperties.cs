using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Properties of waiting entries as PowerShell sees them: those of the table, with a text that is the same in every culture.</summary>
public static class WaitingEntryProperties
{
    public static object? Time(PSObject instance) => Entry(instance) is { Point: var point } ? InvariantText.Of(point.T, point.Timestamp) : null;

    public static object? Data(PSObject instance) => Entry(instance) is { Point: var point } ? InvariantText.Of(point.GetValue(), point.Data) : null;

    public static object? Written(PSObject instance) => InvariantText.Of(Entry(instance)?.Written);

    public static object? Destinations(PSObject instance) => Entry(instance) is { } entry ? InvariantText.Of(entry.Destinations) : null;

    private static WaitingEntry? Entry(PSObject? instance) => instance?.BaseObject as WaitingEntry;
}
