using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private const string AnySchema = "{}";

    /// <summary>The number of streams that an error names.</summary>
    private const int MostNamed = 20;

    private readonly SchemaCache _schemas = new();

    /// <summary>The number of entries written since a write started a sync.</summary>
    private int _written;

    /// <summary>Writes datapoints to a channel. They are on disk when the call returns.</summary>
    /// <inheritdoc cref="Write(IReadOnlyList{LogBlock}, OnInvalid, CancellationToken)"/>
    public void Write(string channel, Block points, CancellationToken cancellation = default) => Write([new(channel, points)], cancellation: cancellation);

    /// <summary>Writes to several channels in one transaction.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<LogResult> Write(IReadOnlyList<LogBlock> batch, OnInvalid onInvalid = OnInvalid.RejectAll, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckedWrite[] writes = Check(batch, onInvalid);
        if (writes.Any(write => write.Blocks.Count > 0))
        {
            DemandRoom();
            _outbox.Write(state => Append(state, writes), cancellation);
            int written = Interlocked.Add(ref _written, writes.Sum(write => (int)write.Result.Count));
            if (_settings.IsContinuous || written >= _settings.BufferSize)
            {
                _written = 0;
                _loops?.Wake();
            }
        }

        return [.. writes.Select(write => write.Result)];
    }

    /// <summary>Writes a point of a measurement and declares the measurement if needed.</summary>
    /// <param name="t">Unix seconds; null for now.</param>
    /// <exception cref="InvalidValueException">The declaration of the measurement lacks the field or tag.</exception>
    public void WritePoint(string measurement, LogPoint point, double? t = null)
    {
        DemandTime(t, measurement);
        WritePoints(measurement, [(t ?? double.NaN, point)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RejectedField> WritePoints(string measurement, IReadOnlyList<(double T, LogPoint Point)> points, OnInvalid onInvalid = OnInvalid.RejectAll)
    {
        ArgumentNullException.ThrowIfNull(points);
        PointCheck check = PointCheck.Of(GetOrDeclare(measurement, ChannelKind.Measurement), points, onInvalid);
        Write([new(measurement, check.Points) { Kind = ChannelKind.Measurement }]);
        return check.Rejected;
    }

    /// <param name="start">Unix seconds.</param>
    public void WriteEvent(double start, LogEvent occurrence, string? channel = null)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        DemandTime(start, occurrence.Text);
        string name = channel ?? EventsChannel;
        GetOrDeclare(name, ChannelKind.Events);
        BlockBuilder builder = new(1);
        builder.Add(start, occurrence.ToValue());
        Write([new(name, builder.Build()) { Kind = ChannelKind.Events }]);
    }

    // In a block, NaN means now: a time that was calculated wrongly must not become that.
    private static void DemandTime(double? t, string channel)
    {
        if (t is double.NaN)
        {
            throw new InvalidValueException($"The time for '{channel}' is NaN. Give unix seconds.", channel);
        }
    }

    private CheckedWrite[] Check(IReadOnlyList<LogBlock> batch, OnInvalid onInvalid)
    {
        CheckedWrite[] writes = new CheckedWrite[batch.Count];
        bool isOver = false;
        for (int i = 0; i < writes.Length; i++)
        {
            writes[i] = isOver ? new CheckedWrite(0, [], new LogResult(0)) : Check(batch[i], onInvalid);
            isOver |= onInvalid == OnInvalid.StopAtInvalid && (writes[i].Result.Error is not null || writes[i].Result.Rejected.Count > 0);
        }

        return writes;
    }

    // An outbox that fills the disk to its last byte could not record what it sends, and would never become smaller.
    private void DemandRoom()
    {
        if (!_outbox.HasRoom)
        {
            throw new StoreException(StoreFault.DiskFull, $"The disk is full: nothing was written to the logger '{Path}', whose waiting entries are safe. Free some space on the disk, or send them with Sync-CdbLogger.", Path);
        }
    }

    private CheckedWrite Check(LogBlock block, OnInvalid onInvalid)
    {
        ChannelRow? found;
        try
        {
            found = FindFor(block);
            if (found is null && _settings.DeclaresStreams)
            {
                GetOrDeclare(block.Channel, ChannelKind.Stream);
                found = FindFor(block);
            }
        }
        catch (InvalidValueException error) when (onInvalid == OnInvalid.RejectInvalid)
        {
            return new CheckedWrite(0, [], new LogResult(0) { Error = error });
        }

        if (found is not { } row)
        {
            NotFoundException missing = new(
                $"The logger has no stream '{block.Channel}'. Declare it with Add-CdbLoggerStream, or let writes declare streams with Set-CdbLogger -AutoDeclare. {(Channels.Count == 0 ? "It has no streams yet." : $"It has: {string.Join(", ", Channels.Take(MostNamed).Select(channel => channel.Name))}{(Channels.Count > MostNamed ? ", …; (Get-CdbLogger).Streams lists all" : "")}.")}", block.Channel);
            return onInvalid == OnInvalid.RejectAll ? throw missing : new CheckedWrite(0, [], new LogResult(0) { Error = missing });
        }

        CompiledSchema? schema = row.Channel.Definition?.Schema is { } text and not AnySchema ? _schemas.OfStored(text, row.Channel.Name) : null;
        AppendCheck check = AppendCheck.Of(block.Channel, block.Points, schema, new AppendOptions { OnInvalid = onInvalid });
        return new CheckedWrite(row.Id, EncodedBlock.Encode(check.Points, block.HasArrivalTimes), new LogResult(check.Points.Count) { Rejected = check.Rejected });
    }

    /// <summary>The channel of a block. A stream can have the name of the channel of events, which then gets another one.</summary>
    /// <exception cref="InvalidValueException">The channel is of another kind.</exception>
    private ChannelRow? FindFor(LogBlock block)
    {
        ChannelRow? row = Find(block.Channel) is { } known && known.Channel.Kind == block.Kind ? known : Current(block.Channel);
        return row is null || row.Channel.Kind == block.Kind ? row
            : row.Channel.Kind == ChannelKind.Events ? null
            : throw ChannelDeclaration.OfOtherKind(row.Channel, block.Kind);
    }

    // The clock is read inside the transaction: several processes that write to one channel would otherwise commit in another order than
    // that of their times, and a stream rejects the older ones.
    private void Append(OutboxState state, CheckedWrite[] writes)
    {
        double now = Now;
        OutboxLimits limits = new(state, _settings, now, Path);
        foreach (CheckedWrite write in writes)
        {
            state.Append(write.Channel, write.Blocks, now);
        }

        limits.Enforce(writes.Sum(write => write.Result.Count));
    }

    /// <summary>The valid datapoints of a block, and its result.</summary>
    /// <param name="Channel">The id of the channel.</param>
    private sealed record CheckedWrite(long Channel, IReadOnlyList<EncodedBlock> Blocks, LogResult Result);
}
