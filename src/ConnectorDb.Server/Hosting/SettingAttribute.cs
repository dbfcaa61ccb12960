namespace ConnectorDb.Server.Hosting;

/// <summary>What a setting means, in words for an administrator, and between what its number lies.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    public long Least { get; init; } = long.MinValue;

    public long Most { get; init; } = long.MaxValue;
}
