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

    /// <summary>Writes datapoints to a channel. They are on disk when the call returns.</summary>
    /// <param name="points">NaN as a time means now.</param>
    /// <exception cref="NotFoundException">The channel was not declared.</exception>
    /// <exception cref="SchemaViolationException">A value does not match the schema.</exception>
    /// <exception cref="StoreException">The file cannot be written, or a limit is reached.</exception>
    public void Write(string channel, Block points, CancellationToken cancellation = default) => Write([(channel, points)], cancellation);

    /// <summary>Writes to several channels in one transaction.</summary>
    /// <inheritdoc cref="Write(string, Block, CancellationToken)"/>
    public void Write(IReadOnlyList<(string Channel, Block Points)> batch, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double now = Now;
        (long Channel, IReadOnlyList<EncodedBlock> Blocks)[] encoded = [.. batch.Select(each => Encode(each.Channel, each.Points, now))];
        _outbox.Write(
            state =>
            {
                OutboxLimits.Enforce(state, _settings, now, Path);
                foreach ((long channel, IReadOnlyList<EncodedBlock> blocks) in encoded)
                {
                    state.Append(channel, blocks, now);
                }
            },
            cancellation);
        if (_settings.IsContinuous)
        {
            _loop?.Wake();
        }
    }

    /// <summary>Writes a point of a measurement and declares the measurement if needed.</summary>
    /// <param name="t">Unix seconds; null for now.</param>
    /// <exception cref="InvalidValueException">The declaration of the measurement lacks the field or tag.</exception>
    public void WritePoint(string measurement, LogPoint point, double? t = null) => WritePoints(measurement, [(t ?? double.NaN, point)]);

    /// <summary>Writes points of a measurement in one transaction and declares the measurement if needed.</summary>
    /// <param name="points">Times are unix seconds; NaN means now.</param>
    /// <exception cref="InvalidValueException">The declaration of the measurement lacks the field or tag.</exception>
    public void WritePoints(string measurement, IReadOnlyList<(double T, LogPoint Point)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        LogChannel channel = GetOrDeclare(measurement, ChannelKind.Measurement);
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
        GetOrDeclare(channel, ChannelKind.Events);
        Write(channel, OnePoint(start, occurrence.ToValue()));
    }

    private (long Channel, IReadOnlyList<EncodedBlock> Blocks) Encode(string name, Block points, double now)
    {
        ChannelRow row = Find(name)
            ?? throw new NotFoundException($"The logger has no channel '{name}'. Declare it with Add-CdbLoggerStream. Existing channels: {string.Join(", ", Channels.Select(channel => channel.Name))}.", name);
        if (row.Channel.Definition?.Schema is { } schema and not AnySchema)
        {
            _schemas.Of(schema).Check(name, points);
        }

        try
        {
            return (row.Id, EncodedBlock.Encode(WithTimes(name, points, now)));
        }
        catch (ArgumentException error)
        {
            throw new InvalidValueException($"A value for '{name}' cannot be stored: {error.Message} Leave it out, or write null.", name);
        }
    }

    /// <summary>Replaces NaN times by now and rejects infinite times and non-finite numbers.</summary>
    private static Block WithTimes(string name, Block points, double now)
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
                throw new InvalidValueException($"Datapoint {i} for '{name}' has the time {times[i].ToString(CultureInfo.InvariantCulture)}, which is not valid. Give unix seconds, or leave the time out for the current time.", name) { Place = i };
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
                throw new ArgumentException($"JSON cannot represent the number {number.ToString(CultureInfo.InvariantCulture)}.");
            }
        }
    }

    private static void CheckNames(LogChannel channel, DataObject given, IReadOnlyList<string>? declared, string what)
    {
        foreach ((string name, _) in given.Members)
        {
            if (declared is not null && !declared.Contains(name, StringComparer.Ordinal))
            {
                throw new InvalidValueException($"The measurement '{channel.Name}' was declared without the {what} '{name}'. Declared: {string.Join(", ", declared)}.", name);
            }
        }
    }

    private static Block OnePoint(double t, DataValue value)
    {
        BlockBuilder builder = new(1);
        builder.Add(t, value);
        return builder.Build();
    }
}
