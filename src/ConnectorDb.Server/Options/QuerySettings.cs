using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Server.Options;

/// <summary>The limits of queries from the settings.</summary>
internal static class QuerySettings
{
    public static QueryLimits Of(ServerOptions options) => new()
    {
        ValueSize = options.QueryValueSize,
        Memory = options.QueryMemory,
        Streams = options.QueryStreams,
        Rows = options.QueryRows,
        Time = TimeSpan.FromSeconds(options.QuerySeconds),
        UserMemory = options.UserMemory,
        AllMemory = options.QueriesMemory,
        UserQueries = options.UserQueries ?? Environment.ProcessorCount,
        UserOpenQueries = options.UserOpenQueries,
        SettingOf = limit => NameOf(KeyOf(limit)),
    };

    /// <summary>The limits that callers without a login share. Those that have no setting of their own are those of a user.</summary>
    public static QueryLimits OfNobody(ServerOptions options) => Of(options) with
    {
        AreOfNobody = true,
        ValueSize = Math.Min(options.QueryValueSize, options.PublicQueryMemory),
        Memory = options.PublicQueryMemory,
        Time = TimeSpan.FromSeconds(options.PublicQuerySeconds),
        UserMemory = options.PublicMemory,
        UserQueries = options.PublicQueries ?? Math.Max(1, Environment.ProcessorCount / 2),
        UserOpenQueries = options.PublicOpenQueries,
        SettingOf = limit => NameOf(KeyOfNobody(options, limit)),
    };

    private static string NameOf(string key) => Setting.All.Single(setting => setting.Key == key).Name;

    private static string KeyOfNobody(ServerOptions options, string limit) => limit switch
    {
        nameof(QueryLimits.ValueSize) when options.PublicQueryMemory < options.QueryValueSize => nameof(ServerOptions.PublicQueryMemory),
        nameof(QueryLimits.Memory) => nameof(ServerOptions.PublicQueryMemory),
        nameof(QueryLimits.Time) => nameof(ServerOptions.PublicQuerySeconds),
        nameof(QueryLimits.UserMemory) => nameof(ServerOptions.PublicMemory),
        nameof(QueryLimits.UserOpenQueries) => nameof(ServerOptions.PublicOpenQueries),
        _ => KeyOf(limit),
    };

    private static string KeyOf(string limit) => limit switch
    {
        nameof(QueryLimits.ValueSize) => nameof(ServerOptions.QueryValueSize),
        nameof(QueryLimits.Memory) => nameof(ServerOptions.QueryMemory),
        nameof(QueryLimits.Streams) => nameof(ServerOptions.QueryStreams),
        nameof(QueryLimits.Rows) => nameof(ServerOptions.QueryRows),
        nameof(QueryLimits.UserOpenQueries) => nameof(ServerOptions.UserOpenQueries),
        nameof(QueryLimits.AllMemory) => nameof(ServerOptions.QueriesMemory),
        nameof(QueryLimits.Time) => nameof(ServerOptions.QuerySeconds),
        _ => nameof(ServerOptions.UserMemory),
    };
}
