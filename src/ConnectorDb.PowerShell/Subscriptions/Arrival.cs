using ConnectorDb.Columns;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>What a subscription brought: datapoints, or the news that it failed.</summary>
internal sealed record Arrival(CdbPath Stream, Block Points, CdbException? Error);
