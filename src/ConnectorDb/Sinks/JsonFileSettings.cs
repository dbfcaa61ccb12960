using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>A file with one JSON object per line: <c>{"channel": "…", "t": 1.5, "d": …}</c>.</summary>
[Description("A file that gets a JSON object per line.")]
public sealed record JsonFileSettings : FileSettings;
