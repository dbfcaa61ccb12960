namespace ConnectorDb.Server.Options;

/// <summary>The description of a setting for administrators, and the range of a number.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string description) : Attribute
{
    public string Description { get; } = description;

    /// <summary>The unit of a setting that is a time span, in milliseconds; 0 for others.</summary>
    public int Unit { get; init; }

    public long Min { get; init; } = long.MinValue;

    public long Max { get; init; } = long.MaxValue;
}
