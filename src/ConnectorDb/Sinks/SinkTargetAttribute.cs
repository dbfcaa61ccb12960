namespace ConnectorDb.Sinks;

/// <summary>The form of the target of a sink.</summary>
public enum SinkTargetForm
{
    /// <summary>A text as it is, such as a key or an address.</summary>
    Text,

    /// <summary>A path in the file system.</summary>
    File,

    /// <summary>An address with a scheme, or a path in the file system.</summary>
    AddressOrFile,

    /// <summary>A PowerShell script.</summary>
    Script,
}

/// <summary>Marks the property with the target of a sink. Its name selects the kind: <c>New-CdbSink -InfluxDb ADDRESS</c>.</summary>
/// <param name="name">The name of the parameter; null for the kind.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SinkTargetAttribute(SinkTargetForm form = SinkTargetForm.Text, string? name = null) : Attribute
{
    public SinkTargetForm Form { get; } = form;

    public string? Name { get; } = name;

    /// <summary>New-CdbSink accepts settings without the target, and completes them.</summary>
    public bool IsOptional { get; init; }
}
