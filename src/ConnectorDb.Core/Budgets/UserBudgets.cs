using System.Collections.Concurrent;

namespace ConnectorDb.Core.Budgets;

/// <summary>The budgets of all users.</summary>
public sealed class UserBudgets(QueryLimits limits)
{
    private readonly CommonMemory _memory = new(limits.AllMemory);
    private readonly ConcurrentDictionary<string, UserBudget> _users = new(StringComparer.Ordinal);

    /// <summary>The budget of a new query.</summary>
    /// <param name="user">The name of the user; callers without a login share the empty name.</param>
    /// <param name="cancellation">Ends the query.</param>
    public QueryBudget Begin(string user, CancellationToken cancellation)
        => new(limits, limits.AreShared ? _users.GetOrAdd(user, _ => new UserBudget(limits, _memory)) : null, cancellation);
}
