namespace ConnectorDb.Sinks;

/// <summary>Where a logger sends to. The settings lie in the logger's file, their secrets sealed.</summary>
public abstract record SinkSettings
{
    /// <summary>By which the destination is known; null for the name of its kind.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of sink, as its settings are called: InfluxDb, JsonFile, ….</summary>
    public string Kind => KindOf(GetType());

    /// <summary>Where things go, without secrets.</summary>
    public abstract string Location { get; }

    public static string KindOf(Type settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Name[..^(settings.Name.EndsWith("SinkSettings", StringComparison.Ordinal) ? "SinkSettings" : "Settings").Length];
    }
}
