using ConnectorDb.Columns;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>The datapoints that a subscription received at once, or its error.</summary>
internal sealed record SubscriptionBatch(CdbPath Stream, Block Points, CdbException? Error);
