using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private const string AnySchema = "{}";
    private readonly SchemaCache _schemas = new();

    /// <summary>Writes datapoints to a channel; on return they are on disk.</summary>
    /// <param name="points">A time that is NaN is now.</param>
    /// <exception cref="NotFoundException">No such channel was declared.</exception>
    /// <exception cref="SchemaViolationException">A value does not obey the schema.</exception>
    /// <exception cref="StoreException">The file cannot be written, or a bound is reached.</exception>
    public void Write(string channel, Block points, CancellationToken cancellation = default) => Write([(channel, points)], cancellation);

    /// <summary>Writes to several channels: all or nothing.</summary>
    /// <inheritdoc cref="Write(string, Block, CancellationToken)"/>
    public void Write(IReadOnlyList<(string Channel, Block Points)> batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double now = Now;
        (long Channel, IReadOnlyList<EncodedBlock> Entries)[] ready = [.. batch.Select(each => Ready(each.Channel, each.Points, now))];
        _outbox.Write(
            state =>
            {
                OutboxLimits.Enforce(state, _settings, now, Path);
                foreach ((long channel, IReadOnlyList<EncodedBlock> entries) in ready)
                {
                    state.Append(channel, entries, now);
                }
            },
            cancellation);
        if (_settings.IsContinuous)
        {
            _loop?.Hurry();
        }
    }

    /// <summary>Writes a point of a measurement, which need not be declared.</summary>
    /// <param name="t">Unix seconds; null for now.</param>
    /// <exception cref="InvalidValueException">The measurement was declared without such a field or tag.</exception>
    public void WritePoint(string measurement, LogPoint point, double? t = null) => WritePoints(measurement, [(t ?? double.NaN, point)]);

    /// <summary>Writes points of a measurement, which need not be declared: all or nothing.</summary>
    /// <param name="points">Each with its time, unix seconds, or NaN for now.</param>
    /// <exception cref="InvalidValueException">The measurement was declared without such a field or tag.</exception>
    public void WritePoints(string measurement, IReadOnlyList<(double T, LogPoint Point)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        LogChannel channel = Declared(measurement, ChannelKind.Measurement);
        BlockBuilder values = new(points.Count);
        foreach ((double t, LogPoint point) in points)
        {
            CheckNames(channel, point.Fields, channel.Fields, "field");
            CheckNames(channel, point.Tags, channel.Tags, "tag");
            values.Add(t, point.ToValue());
        }

        Write(measurement, values.Build());
    }

    /// <param name="start">Unix seconds.</param>
    public void WriteEvent(double start, LogEvent occurrence, string channel = LogEvent.Channel)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        Declared(channel, ChannelKind.Events);
        Write(channel, One(start, occurrence.ToValue()));
    }

    private (long Channel, IReadOnlyList<EncodedBlock> Entries) Ready(string name, Block points, double now)
    {
        ChannelRow row = Find(name)
            ?? throw new NotFoundException($"The logger records no '{name}'. Declare it with Add-CdbLoggerStream; it records: {string.Join(", ", Channels.Select(channel => channel.Name))}.", name);
        if (row.Channel.Definition?.Schema is { } schema and not AnySchema)
        {
            _schemas.Of(schema).Check(name, points);
        }

        try
        {
            return (row.Id, EncodedBlock.Cut(Timed(name, points, now)));
        }
        catch (ArgumentException error)
        {
            throw new InvalidValueException($"A value for '{name}' cannot be kept: {error.Message} Leave it out, or write null.", name);
        }
    }

    /// <summary>The block with a time for each datapoint, and with numbers that JSON can hold.</summary>
    private static Block Timed(string name, Block points, double now)
    {
        ReadOnlySpan<double> times = points.Times.Span;
        double[]? changed = null;
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsNaN(times[i]))
            {
                changed ??= times.ToArray();
                changed[i] = now;
            }
            else if (double.IsInfinity(times[i]))
            {
                throw new InvalidValueException($"Datapoint {i} for '{name}' has the time {times[i].ToString(CultureInfo.InvariantCulture)}, which is none. Give unix seconds, or leave the time out for now.", name) { Place = i };
            }
        }

        if (points.Values is NumberColumn numbers)
        {
            CheckFinite(numbers.Values.Span);
        }

        return changed is null ? points : new Block(changed, points.Values);
    }

    private static void CheckFinite(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number))
            {
                throw new ArgumentException($"JSON cannot hold the number {number.ToString(CultureInfo.InvariantCulture)}.");
            }
        }
    }

    private static void CheckNames(LogChannel channel, DataObject given, IReadOnlyList<string>? declared, string what)
    {
        foreach ((string name, _) in given.Members)
        {
            if (declared is not null && !declared.Contains(name, StringComparer.Ordinal))
            {
                throw new InvalidValueException($"The measurement '{channel.Name}' was declared without the {what} '{name}'; it has: {string.Join(", ", declared)}.", name);
            }
        }
    }

    private static Block One(double t, DataValue value)
    {
        BlockBuilder builder = new(1);
        builder.Add(t, value);
        return builder.Build();
    }
}
