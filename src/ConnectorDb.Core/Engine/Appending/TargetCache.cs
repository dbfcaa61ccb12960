using System.Collections.Concurrent;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>The targets of the latest appends, by login. A target is valid only in the version of the tree that it was found in.</summary>
internal sealed class TargetCache
{
    /// <summary>About 20 MB. A pipeline over more streams than this finds all of them again in each call.</summary>
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<Login, ConcurrentDictionary<CdbPath, Target>> _logins = new();

    /// <summary>Counted here, because the dictionaries take all their locks to count themselves.</summary>
    private int _added;

    /// <summary>The targets of one login, so that an append to many streams looks it up once; null when there are none.</summary>
    public ConcurrentDictionary<CdbPath, Target>? Of(Login login) => _logins.GetValueOrDefault(login);

    /// <summary>Keeps a target of a committed state.</summary>
    public void Keep(Login login, CdbPath path, Target target)
    {
        if (Interlocked.Increment(ref _added) > MostKept)
        {
            _logins.Clear();
            Volatile.Write(ref _added, 1);
        }

        _logins.GetOrAdd(login, static _ => new())[path] = target;
    }
}
