using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Collects the entries of a pipeline, and writes those of all channels to the logger at once.</summary>
/// <param name="stopsAtError">Nothing after an invalid entry may be written.</param>
/// <param name="report">Takes the errors; it ends the pipeline if it stops at errors.</param>
internal sealed class LogEntries(IDataLogger logger, bool stopsAtError, Action<ErrorRecord> report)
{
    private const int MaxCount = 4096;
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(100);
    private readonly List<Entry> _waiting = [];
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);
    private long _begun;
    private long _stored;

    /// <summary>Receives the times of the entries that were stored.</summary>
    public Action<string, ReadOnlyMemory<double>>? Stored { get; init; }

    /// <summary>The message about entries that were refused; null if all were stored, or one was given.</summary>
    public string? Incomplete
        => _positions.Values.Sum() is > 1 and var given && given > _stored
            ? StoredText.Of(_stored, given, _positions.Count == 1 ? $"'{_positions.Keys.First()}'" : CountText.Of(_positions.Count, "stream"))
            : null;

    /// <param name="t">Unix seconds; NaN for the current time.</param>
    public void Add(string channel, double t, DataValue value)
    {
        if (_waiting.Count == 0)
        {
            _begun = TimeProvider.System.GetTimestamp();
        }

        bool hasArrivalTime = double.IsNaN(t);
        double time = hasArrivalTime ? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : t;
        _waiting.Add(new Entry(channel, hasArrivalTime, NextPosition(channel), time, value));
    }

    /// <summary>Counts an entry that could not be read, and describes its error.</summary>
    public CdbException Reject(CdbException error, string channel) => Describe(error, channel, NextPosition(channel));

    /// <summary>Writes the entries if they are many, or the first has waited long enough.</summary>
    public void FlushIfDue()
    {
        if (_waiting.Count >= MaxCount || (_waiting.Count > 0 && TimeProvider.System.GetElapsedTime(_begun) > s_maxAge))
        {
            Flush();
        }
    }

    /// <summary>Writes all entries; on return they are on disk.</summary>
    public void Flush()
    {
        Entry[] entries = [.. _waiting];
        _waiting.Clear();
        if (entries.Length == 0)
        {
            return;
        }

        // Where nothing after an invalid datapoint may be written, the order between the channels matters, but only if there is one.
        Entry[][] byChannel = [.. entries.GroupBy(entry => (entry.Channel, entry.HasArrivalTime), (_, group) => group.ToArray())];
        if (!stopsAtError)
        {
            Write(byChannel, OnInvalid.RejectInvalid);
        }
        else if (byChannel.Length == 1 || !TryWriteAll(byChannel))
        {
            Write(byChannel.Length == 1 ? byChannel : Array.ConvertAll(entries, entry => new[] { entry }), OnInvalid.StopAtInvalid);
        }
    }

    private bool TryWriteAll(Entry[][] blocks)
    {
        try
        {
            Write(blocks, OnInvalid.RejectAll);
            return true;
        }
        catch (CdbException error) when (error is IDatapointFault or NotFoundException)
        {
            return false;
        }
    }

    private void Write(Entry[][] blocks, OnInvalid onInvalid)
    {
        LogBlock[] batch = Array.ConvertAll(blocks, entries => new LogBlock(entries[0].Channel, PointsOf(entries)) { HasArrivalTimes = entries[0].HasArrivalTime });
        IReadOnlyList<LogResult> results = logger.Write(batch, onInvalid);
        _stored += results.Sum(result => result.Count);
        for (int i = 0; i < batch.Length; i++)
        {
            OperationTrace.Current?.Add(LogText.Of(batch[i], results[i].Count));
            Stored?.Invoke(batch[i].Channel, StoredTimes.Of(batch[i].Points, results[i].Count, results[i].Rejected));
            foreach (RejectedDatapoint rejected in results[i].Rejected)
            {
                Entry entry = blocks[i][rejected.Index];
                report(ErrorRecords.Of(Describe(rejected.Error, entry.Channel, entry.Position), batch[i].Points.At(rejected.Index)));
            }

            if (results[i].Error is { } error)
            {
                report(ErrorRecords.Of(error, batch[i].Channel));
            }
        }
    }

    private CdbException Describe(CdbException error, string channel, long position)
        => Rejection.Describe(error, channel, position, stopsAtError ? _stored : null, _positions[channel] == 1);

    private long NextPosition(string channel) => _positions[channel] = _positions.GetValueOrDefault(channel) + 1;

    private static Block PointsOf(Entry[] entries)
    {
        BlockBuilder points = new(entries.Length);
        foreach (Entry entry in entries)
        {
            points.Add(entry.T, entry.Value);
        }

        return points.Build();
    }

    /// <param name="Position">Among those of the channel, from 1.</param>
    private readonly record struct Entry(string Channel, bool HasArrivalTime, long Position, double T, DataValue Value);
}
