using System.Collections.Concurrent;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>The targets of the latest appends. A target is valid only in the version of the tree that it was found in.</summary>
internal sealed class TargetCache
{
    /// <summary>About 20 MB. A pipeline over more streams than this finds all of them again in each call.</summary>
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<(Login Login, CdbPath Path), Target> _targets = new();

    /// <summary>Counted here, because the dictionary takes all its locks to count itself.</summary>
    private int _added;

    public Target? Find(Login login, CdbPath path) => _targets.GetValueOrDefault((login, path));

    /// <summary>Keeps a target of a committed state.</summary>
    public void Keep(Login login, CdbPath path, Target target)
    {
        (Login, CdbPath) key = (login, path);
        if (_targets.TryGetValue(key, out Target? kept) && ReferenceEquals(kept, target))
        {
            return;
        }

        if (Interlocked.Increment(ref _added) > MostKept)
        {
            _targets.Clear();
            Volatile.Write(ref _added, 1);
        }

        _targets[key] = target;
    }
}
