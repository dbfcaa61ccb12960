using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Polling;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Hosting;

/// <summary>The options of <see cref="PollerHost"/>. They override those of the configuration file.</summary>
public sealed record PollerHostOptions
{
    /// <summary>The configuration file, or null for a poller without items.</summary>
    public string? Path { get; init; }

    /// <summary>Throws <see cref="ConnectorDb.InvalidValueException"/> for an impossible sink.</summary>
    public required Action<SinkSettings> CheckSink { get; init; }

    /// <summary>Completes a sink of the file, for example with its script.</summary>
    public Func<SinkSettings, SinkSettings> CompleteSink { get; init; } = sink => sink;

    /// <summary>The address of the InfluxDB server for the database of an rpdemo file.</summary>
    public string InfluxDb { get; init; } = PollFileContext.DefaultInfluxDb;

    /// <summary>Opens the logger, given the path in the configuration or null. Without a logger, values are only shown.</summary>
    public required Func<string?, IDataLogger?> OpenLogger { get; init; }

    /// <summary>The caller chose the logger, which then replaces the database of an rpdemo file.</summary>
    public bool IsLoggerChosen { get; init; }

    public string? Measurement { get; init; }

    public int? Concurrency { get; init; }

    public TimeSpan? MetricsInterval { get; init; }

    /// <summary>Called with the name of each sink of the logger that the configuration does not contain.</summary>
    public required Action<string> OnOtherSink { get; init; }

    /// <summary>Wraps the function that writes values, for example to log its failures.</summary>
    public Func<Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>>, Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>>> Wrap { get; init; } = write => write;

    public Action<PollItem, string?>? StateChanged { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
