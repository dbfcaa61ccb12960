namespace ConnectorDb.Core.Polling;

/// <summary>Marks a sampler class and describes it for <see cref="ConnectorDb.Polling.SamplerInfo"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class SamplerAttribute(string key, string description) : Attribute
{
    public string Key { get; } = key;

    public string Description { get; } = description;

    public string? Argument { get; init; }

    public bool IsArgumentOptional { get; init; }

    public string? Unit { get; init; }

    /// <summary>Names as in <see cref="OperatingSystem.IsOSPlatform"/>; empty for all platforms.</summary>
    public string[] Platforms { get; init; } = [];
}
