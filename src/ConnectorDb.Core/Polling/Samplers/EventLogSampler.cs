using System.Diagnostics.Eventing.Reader;
using System.Runtime.Versioning;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Counts the events of a log of Windows since the measurement before that match a query. The first measurement counts from its own time.</summary>
[Sampler("windows.events", "The number of events of a log of Windows since the measurement before.", Argument = "LOG [| XPATH], such as 'System | *[System[Level=1 or Level=2]]'.", Platforms = ["Windows"])]
internal sealed class EventLogSampler : Sampler
{
    private readonly string _log;
    private readonly string _query;
    private EventBookmark? _bookmark;
    private bool _isStarted;

    public EventLogSampler(SamplerContext context)
        : base(context)
    {
        string[] parts = context.RequiredArgument.Split('|', 2, StringSplitOptions.TrimEntries);
        (_log, _query) = (parts[0], parts is [_, { Length: > 0 } query] ? query : "*");
        if (_log.Length == 0)
        {
            throw new InvalidValueException("The log of Windows is missing. Give one such as 'System | *[System[Level=1 or Level=2]]'.", context.Argument);
        }
    }

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
        => OperatingSystem.IsWindows() ? ValueTask.FromResult(DataValue.From(Count(cancellation))) : throw new NotAvailableException($"{Context.Key} is for Windows only.", Context.Key);

    [SupportedOSPlatform("windows")]
    private long Count(CancellationToken cancellation)
    {
        try
        {
            if (!_isStarted)
            {
                using EventLogReader newest = new(new EventLogQuery(_log, PathType.LogName, "*") { ReverseDirection = true });
                using EventRecord? last = newest.ReadEvent();
                (_bookmark, _isStarted) = (last?.Bookmark, true);
                return 0;
            }

            long count = 0;
            using EventLogReader reader = new(new EventLogQuery(_log, PathType.LogName, _query), _bookmark);
            while (reader.ReadEvent() is { } found)
            {
                using (found)
                {
                    cancellation.ThrowIfCancellationRequested();
                    (_bookmark, count) = (found.Bookmark, count + 1);
                }
            }

            return count;
        }
        catch (Exception error) when (error is EventLogException or UnauthorizedAccessException)
        {
            throw NoValue($"The log '{_log}' of Windows cannot be read with '{_query}': {error.Message}", error);
        }
    }
}
