namespace ConnectorDb.Sinks;

/// <summary>One JSON object a line: <c>{"channel": "…", "t": 1.5, "d": …}</c>.</summary>
public sealed record JsonFileSettings : FileSettings;
