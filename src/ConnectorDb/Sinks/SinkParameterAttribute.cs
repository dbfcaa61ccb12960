namespace ConnectorDb.Sinks;

/// <summary>Sets the name or the limits of the parameter of a property.</summary>
/// <param name="name">The name of the parameter of New-CdbSink; null for the name of the property.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SinkParameterAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;

    public string? Alias { get; init; }

    /// <summary>A path in the file system.</summary>
    public bool IsPath { get; init; }

    public long Min { get; init; } = long.MinValue;

    public long Max { get; init; } = long.MaxValue;
}
