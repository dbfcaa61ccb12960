namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>The kinds of functions over points.</summary>
internal enum FunctionKind
{
    /// <summary>One value for a window, at its start.</summary>
    Aggregate,

    /// <summary>A point of a window. Without windows it keeps its time.</summary>
    Selector,

    /// <summary>Several points of a window, which keep their times.</summary>
    ManySelector,

    /// <summary>All different values of a window, at its start.</summary>
    Distinct,

    /// <summary>The area below a curve, which goes on from window to window.</summary>
    Integral,

    /// <summary>A series of values from a series of values.</summary>
    Transform,
}
