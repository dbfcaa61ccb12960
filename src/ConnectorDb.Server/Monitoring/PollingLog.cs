using System.Collections.Concurrent;
using ConnectorDb.Core.Polling;
using ConnectorDb.Logging;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Monitoring;

/// <summary>Says in the log what goes wrong in the background, when it begins and when it ends.</summary>
internal sealed partial class PollingLog(ILogger log)
{
    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private int _isUnwritten;

    /// <param name="error">Null when the item has values again.</param>
    public void Turned(PollItem item, string? error)
    {
        if (error is null)
        {
            HasValues(log, item.Name);
        }
        else
        {
            HasNoValue(log, item.Name, error);
        }
    }

    public void Synced(SyncResult result)
    {
        foreach (DestinationResult destination in result.Destinations)
        {
            if (destination.Error is { } error)
            {
                if (_failing.TryAdd(destination.Destination, error))
                {
                    CannotBeSent(log, destination.Destination, error, destination.Pending);
                }
            }
            else if (_failing.TryRemove(destination.Destination, out _))
            {
                IsSentAgain(log, destination.Destination);
            }

            if (destination.SetAside > 0)
            {
                WasRefused(log, destination.Destination, destination.SetAside);
            }
        }
    }

    /// <summary>The same, but the log says when the values cannot be written.</summary>
    public Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> Watched(Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> write) => values =>
    {
        try
        {
            IReadOnlyList<RefusedValue> refused = write(values);
            foreach (RefusedValue each in refused.Where(each => _refused.TryAdd(each.Value.Item.Name, each.Reason)))
            {
                IsRefused(log, each.Value.Item.Name, each.Reason);
            }

            if (Interlocked.Exchange(ref _isUnwritten, 0) == 1)
            {
                IsWrittenAgain(log);
            }

            return refused;
        }
        catch (CdbException error)
        {
            if (Interlocked.Exchange(ref _isUnwritten, 1) == 0)
            {
                CannotBeWritten(log, error.Message);
            }

            throw;
        }
    };

    [LoggerMessage(LogLevel.Warning, "The item '{Item}' has no value: {Error}")]
    private static partial void HasNoValue(ILogger log, string item, string error);

    [LoggerMessage(LogLevel.Information, "The item '{Item}' has values again.")]
    private static partial void HasValues(ILogger log, string item);

    [LoggerMessage(LogLevel.Warning, "Nothing can be sent to '{Destination}': {Error} {Pending} items wait, and are kept.")]
    private static partial void CannotBeSent(ILogger log, string destination, string error, long pending);

    [LoggerMessage(LogLevel.Information, "'{Destination}' takes items again.")]
    private static partial void IsSentAgain(ILogger log, string destination);

    [LoggerMessage(LogLevel.Warning, "'{Destination}' has refused {Count} items, which are set aside. Get-CdbLogger -SetAside lists them, with the reasons.")]
    private static partial void WasRefused(ILogger log, string destination, long count);

    [LoggerMessage(LogLevel.Warning, "The logger refuses values of the item '{Item}', which are dropped: {Reason}")]
    private static partial void IsRefused(ILogger log, string item, string reason);

    [LoggerMessage(LogLevel.Error, "Polled values cannot be written to the logger, and are kept in memory for now: {Error}")]
    private static partial void CannotBeWritten(ILogger log, string error);

    [LoggerMessage(LogLevel.Information, "Polled values are written to the logger again.")]
    private static partial void IsWrittenAgain(ILogger log);
}
