using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Engine;

/// <summary>The settings of an engine.</summary>
public sealed record EngineSettings
{
    /// <summary>Logs changes of users, devices and streams to the streams <c>U/meta/log</c>, as a server does.</summary>
    public bool LogsChanges { get; init; }

    /// <summary>Seconds by which a datapoint may be ahead of the clock; later ones are invalid. Null for no limit, as in ConnectorDB 0.3.</summary>
    public double? MaxAhead { get; init; }

    /// <summary>The limits of queries.</summary>
    public QueryLimits Queries { get; init; } = QueryLimits.Embedded;

    /// <summary>The limits of queries of callers without a login, which they share; null for those of a user.</summary>
    public QueryLimits? PublicQueries { get; init; }

    /// <summary>A session that is not used for this long ends.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Maximum number of devices of a user; null for no limit.</summary>
    public int? MaxDevices { get; init; }

    /// <summary>Maximum number of streams of a device; null for no limit.</summary>
    public int? MaxStreams { get; init; }

    /// <summary>Maximum number of open subscriptions of a device in this engine.</summary>
    public int MaxSubscriptions { get; init; } = 10_000;

    /// <summary>Maximum number of characters of a schema.</summary>
    public int MaxSchema { get; init; } = 100_000;
}
