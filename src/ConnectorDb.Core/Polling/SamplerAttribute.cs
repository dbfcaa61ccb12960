namespace ConnectorDb.Core.Polling;

/// <summary>A class that measures: its key, and what <see cref="ConnectorDb.Polling.SamplerInfo"/> says of it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class SamplerAttribute(string key, string description) : Attribute
{
    public string Key { get; } = key;

    public string Description { get; } = description;

    public string? Argument { get; init; }

    public bool IsArgumentOptional { get; init; }

    public string? Unit { get; init; }

    /// <summary>As in <see cref="OperatingSystem.IsOSPlatform"/>; empty for all.</summary>
    public string[] Platforms { get; init; } = [];
}
