using System.Collections.Concurrent;

namespace ConnectorDb.Core.Budgets;

/// <summary>The budgets of all users, and that of callers without a login.</summary>
/// <param name="limits">The limits of a user.</param>
/// <param name="publicLimits">The limits of all callers without a login together; null for those of a user.</param>
public sealed class UserBudgets(QueryLimits limits, QueryLimits? publicLimits = null)
{
    private readonly CommonMemory _memory = new(limits.AllMemory);
    private readonly ConcurrentDictionary<string, UserBudget> _users = new(StringComparer.Ordinal);
    private readonly QueryLimits _publicLimits = publicLimits ?? limits;

    /// <summary>The budget of a new query.</summary>
    /// <param name="user">The name of the user; null for a caller without a login, which shares one budget with all of its kind.</param>
    /// <param name="cancellation">Ends the query.</param>
    public QueryBudget Begin(string? user, CancellationToken cancellation)
    {
        QueryLimits own = user is null ? _publicLimits : limits;
        return new(own, own.AreShared ? _users.GetOrAdd(user ?? "", _ => new UserBudget(own, _memory)) : null, cancellation);
    }
}
