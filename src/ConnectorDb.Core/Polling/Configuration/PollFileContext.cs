using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The context in which a configuration file is read.</summary>
public sealed record PollFileContext
{
    public const string DefaultInfluxDb = "http://localhost:8086";

    /// <summary>Returns true when a sampler with this key exists.</summary>
    public required Func<string, bool> Knows { get; init; }

    /// <summary>Throws <see cref="InvalidValueException"/> for an impossible sink.</summary>
    public Action<SinkSettings>? Check { get; init; }

    /// <summary>The address of the InfluxDB server for the <c>database</c> of an rpdemo file.</summary>
    public string InfluxDb { get; init; } = DefaultInfluxDb;
}
