namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>The name and documentation of an interpolator; the pages in docs/transforms/interpolators are generated from them.</summary>
/// <param name="name">The name in a query.</param>
/// <param name="description">The value of a row, in one sentence.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InterpolatorAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>In markdown.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Examples of column texts, each with its result.</summary>
    public string[] Examples { get; init; } = [];
}
