using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Properties of dead letters as PowerShell sees them: those of the table, with a text that is the same in every culture.</summary>
public static class DeadLetterProperties
{
    public static object? Timestamp(PSObject instance) => Letter(instance) is { Point: var point } ? InvariantText.Of(point.T, point.Timestamp) : null;

    public static object? Data(PSObject instance) => Letter(instance) is { Point: var point } ? InvariantText.Of(point.GetValue(), point.Data) : null;

    /// <summary>The time of the entry as ISO 8601 text, as of every datapoint.</summary>
    public static object? Time(PSObject instance) => Letter(instance)?.Point.Time;

    public static object? SetAsideAt(PSObject instance) => InvariantText.Of(Letter(instance)?.SetAsideAt);

    private static DeadLetter? Letter(PSObject? instance) => instance?.BaseObject as DeadLetter;
}
