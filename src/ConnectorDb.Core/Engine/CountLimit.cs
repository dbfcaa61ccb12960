namespace ConnectorDb.Core.Engine;

/// <summary>Limits the number of devices of each user, or of streams of each device. For use in write transactions, of which one runs at a time.</summary>
/// <remarks>Counting takes as long as there are items. After a count, half of what is left may be created without another one.</remarks>
/// <param name="max">Null for no limit.</param>
internal sealed class CountLimit(int? max)
{
    private readonly Dictionary<long, long> _uncounted = [];

    /// <summary>True when the owner may have so many more items.</summary>
    /// <param name="count">Counts the items that the owner has.</param>
    public bool Admits(long owner, int more, Func<long> count)
    {
        if (max is not { } limit || more == 0)
        {
            return true;
        }

        if (_uncounted.TryGetValue(owner, out long rest) && rest >= more)
        {
            _uncounted[owner] = rest - more;
            return true;
        }

        long left = limit - count() - more;
        if (left > 1)
        {
            _uncounted[owner] = left / 2;
        }
        else
        {
            _uncounted.Remove(owner);
        }

        return left >= 0;
    }
}
