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
        SettingOf = SettingOf,
    };

    private static string SettingOf(string limit) => Setting.All.Single(setting => setting.Key == limit switch
    {
        nameof(QueryLimits.ValueSize) => nameof(ServerOptions.QueryValueSize),
        nameof(QueryLimits.Memory) => nameof(ServerOptions.QueryMemory),
        nameof(QueryLimits.Streams) => nameof(ServerOptions.QueryStreams),
        nameof(QueryLimits.Rows) => nameof(ServerOptions.QueryRows),
        nameof(QueryLimits.UserOpenQueries) => nameof(ServerOptions.UserOpenQueries),
        nameof(QueryLimits.AllMemory) => nameof(ServerOptions.QueriesMemory),
        nameof(QueryLimits.Time) => nameof(ServerOptions.QuerySeconds),
        _ => nameof(ServerOptions.UserMemory),
    }).Name;
}
