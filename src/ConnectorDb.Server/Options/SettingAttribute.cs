namespace ConnectorDb.Server.Options;

/// <summary>The description of a setting for administrators, and the range of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    public long Min { get; init; } = long.MinValue;

    public long Max { get; init; } = long.MaxValue;
}
