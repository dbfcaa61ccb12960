using System.Collections.Concurrent;
using ConnectorDb.Core.Polling;
using ConnectorDb.Logging;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Polling;

/// <summary>Logs when background failures of the poller and its logger begin and end.</summary>
internal sealed partial class PollingLog(ILogger log)
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
            Recovered(log, item.Name);
        }
        else
        {
            BeginsFailing(log, item.Name, error);
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
                    CannotSend(log, destination.Destination, error, destination.Pending);
                }
            }
            else if (_failing.TryRemove(destination.Destination, out _))
            {
                SendsAgain(log, destination.Destination);
            }

            if (destination.SetAside > 0)
            {
                Refused(log, destination.Destination, destination.SetAside);
            }

            if (destination.Damaged > 0)
            {
                Damaged(log, destination.Destination, destination.Damaged);
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
                ValueRefused(log, each.Value.Item.Name, each.Reason);
            }

            if (Interlocked.Exchange(ref _isFailingToWrite, 0) == 1)
            {
                WritesAgain(log);
            }

            return refused;
        }
        catch (CdbException error)
        {
            if (Interlocked.Exchange(ref _isFailingToWrite, 1) == 0)
            {
                CannotWrite(log, error.Message);
            }

            throw;
        }
    };

    [LoggerMessage(LogLevel.Warning, "The poll item '{Item}' cannot be measured: {Error}")]
    private static partial void BeginsFailing(ILogger log, string item, string error);

    [LoggerMessage(LogLevel.Information, "The poll item '{Item}' can be measured again.")]
    private static partial void Recovered(ILogger log, string item);

    [LoggerMessage(LogLevel.Warning, "Cannot send to '{Destination}': {Error} Entries that are kept and will be sent later: {Pending}.")]
    private static partial void CannotSend(ILogger log, string destination, string error, long pending);

    [LoggerMessage(LogLevel.Information, "'{Destination}' accepts entries again.")]
    private static partial void SendsAgain(ILogger log, string destination);

    [LoggerMessage(LogLevel.Warning, "'{Destination}' has refused entries, which are set aside: {Count}. Get-CdbLogger -SetAside lists them with the reasons.")]
    private static partial void Refused(ILogger log, string destination, long count);

    [LoggerMessage(LogLevel.Error, "Entries for '{Destination}' were damaged in the file of the logger and are lost: {Count}. Check the disk for errors.")]
    private static partial void Damaged(ILogger log, string destination, long count);

    [LoggerMessage(LogLevel.Warning, "The logger refuses values of the poll item '{Item}', and they are dropped: {Reason}")]
    private static partial void ValueRefused(ILogger log, string item, string reason);

    [LoggerMessage(LogLevel.Error, "Polled values cannot be written to the logger and are kept in memory: {Error}")]
    private static partial void CannotWrite(ILogger log, string error);

    [LoggerMessage(LogLevel.Information, "Polled values are written to the logger again.")]
    private static partial void WritesAgain(ILogger log);
}
