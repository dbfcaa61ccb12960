namespace ConnectorDb.Core.InfluxQl;

/// <summary>The circumstances of a query.</summary>
/// <param name="Database">The database of the request; empty without one.</param>
/// <param name="Policy">The retention policy of the request; empty without one.</param>
/// <param name="Now">The time of the request, in nanoseconds.</param>
public sealed record InfluxContext(string Database, string Policy, long Now);
