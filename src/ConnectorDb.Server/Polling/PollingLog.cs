using System.Collections.Concurrent;
using ConnectorDb.Core.Polling;
using ConnectorDb.Logging;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Polling;

/// <summary>Logs when background failures of the poller and its logger begin and end.</summary>
internal sealed class PollingLog(ILogger log)
{
    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private int _isFailingToWrite;

    /// <param name="item">The item that begins to fail, or has recovered.</param>
    /// <param name="error">Null when the item has recovered.</param>
    public void LogState(PollItem item, string? error)
    {
        if (error is null)
        {
            log.ItemRecovered(item.Name);
        }
        else
        {
            log.ItemFails(item.Name, error);
        }
    }

    public void LogSync(SyncResult result)
    {
        foreach (DestinationResult destination in result.Destinations)
        {
            if (destination.Error is { } error)
            {
                if (_failing.TryAdd(destination.Destination, error))
                {
                    log.CannotSend(destination.Destination, error, destination.Pending);
                }
            }
            else if (_failing.TryRemove(destination.Destination, out _))
            {
                log.SendsAgain(destination.Destination);
            }

            if (destination.SetAside > 0)
            {
                log.EntriesRefused(destination.Destination, destination.SetAside);
            }

            if (destination.Damaged > 0)
            {
                log.EntriesDamaged(destination.Destination, destination.Damaged);
            }
        }
    }

    /// <summary>Wraps a write function so that its failures are logged.</summary>
    public Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> WithLogging(Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> write) => values =>
    {
        try
        {
            IReadOnlyList<RefusedValue> refused = write(values);
            foreach (RefusedValue each in refused.Where(each => _refused.TryAdd(each.Value.Item.Name, each.Reason)))
            {
                log.ValueRefused(each.Value.Item.Name, each.Reason);
            }

            if (Interlocked.Exchange(ref _isFailingToWrite, 0) == 1)
            {
                log.WritesAgain();
            }

            return refused;
        }
        catch (CdbException error)
        {
            if (Interlocked.Exchange(ref _isFailingToWrite, 1) == 0)
            {
                log.CannotWrite(error.Message);
            }

            throw;
        }
    };
}
