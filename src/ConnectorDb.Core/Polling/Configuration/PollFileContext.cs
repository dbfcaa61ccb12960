using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>What a configuration file is read with.</summary>
public sealed record PollFileContext
{
    public const string DefaultInfluxDb = "http://localhost:8086";

    /// <summary>Whether there is such a sampler.</summary>
    public required Func<string, bool> Knows { get; init; }

    /// <summary>Says by an <see cref="InvalidValueException"/> which destination cannot be.</summary>
    public Action<SinkSettings>? Check { get; init; }

    /// <summary>The InfluxDB that rpdemo's <c>database</c> lies in.</summary>
    public string InfluxDb { get; init; } = DefaultInfluxDb;
}
