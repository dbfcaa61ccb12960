using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Properties of summaries as PowerShell sees them: the same objects, with a text that is the same in every culture.</summary>
public static class SummaryProperties
{
    public static object? FromT(PSObject instance) => InvariantText.Of(Summary(instance)?.FromT);

    public static object? ToT(PSObject instance) => InvariantText.Of(Summary(instance)?.ToT);

    public static object? From(PSObject instance) => Summary(instance) is { FromT: { } t, From: { } time } ? InvariantText.Of(t, time) : null;

    public static object? To(PSObject instance) => Summary(instance) is { ToT: { } t, To: { } time } ? InvariantText.Of(t, time) : null;

    public static object? FirstT(PSObject instance) => InvariantText.Of(Summary(instance)?.FirstT);

    public static object? LastT(PSObject instance) => InvariantText.Of(Summary(instance)?.LastT);

    public static object? First(PSObject instance) => Summary(instance) is { FirstT: { } t, First: { } time } ? InvariantText.Of(t, time) : null;

    public static object? Last(PSObject instance) => Summary(instance) is { LastT: { } t, Last: { } time } ? InvariantText.Of(t, time) : null;

    public static object? Minimum(PSObject instance) => InvariantText.Of(Summary(instance)?.Minimum);

    public static object? Maximum(PSObject instance) => InvariantText.Of(Summary(instance)?.Maximum);

    public static object? Sum(PSObject instance) => InvariantText.Of(Summary(instance)?.Sum);

    public static object? Mean(PSObject instance) => InvariantText.Of(Summary(instance)?.Mean);

    private static StreamSummary? Summary(PSObject? instance) => instance?.BaseObject as StreamSummary;
}
