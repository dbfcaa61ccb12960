
namespace ConnectorDb;

/// <summary>A query reaches a limit of its time, its memory or its results. The message names the limit, its value and the setting that changes it.</summary>
public sealed class QueryLimitException(string message, object? target) : CdbException(message, target)
{
    /// <summary>The time after which the same query may succeed, because the limit is one of several running queries; null for a limit of the query itself.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>True when the limit is one of the running queries of all users.</summary>
    public bool IsOfAllUsers { get; init; }
}
