using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Properties of datapoints as PowerShell sees them: the same objects, with a text that is the same in every culture.</summary>
public static class DatapointProperties
{
    public static object? T(PSObject instance) => Point(instance) is { } point ? InvariantText.Of(point.T) : null;

    public static object? Timestamp(PSObject instance) => Point(instance) is { } point ? InvariantText.Of(point.T, point.Timestamp) : null;

    public static object? Data(PSObject instance) => Point(instance) is { } point ? InvariantText.Of(point.GetValue(), point.Data) : null;

    public static object? D(PSObject instance) => Data(instance);

    private static Datapoint? Point(PSObject? instance) => instance?.BaseObject as Datapoint;
}
