using System.Collections.Concurrent;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>
/// The targets of late appends. A target may have changed meanwhile: whoever uses one has to compare its version with
/// that of the tree.
/// </summary>
internal sealed class TargetCache
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<(Login Login, CdbPath Path), Target> _targets = new();

    public Target? Find(Login login, CdbPath path) => _targets.GetValueOrDefault((login, path));

    /// <summary>Keeps a target of a state that was committed.</summary>
    public Target Keep(Login login, CdbPath path, Target target)
    {
        (Login, CdbPath) key = (login, path);
        if (_targets.TryGetValue(key, out Target? kept) && ReferenceEquals(kept, target))
        {
            return target;
        }

        if (_targets.Count >= MostKept)
        {
            _targets.Clear();
        }

        return _targets[key] = target;
    }
}
