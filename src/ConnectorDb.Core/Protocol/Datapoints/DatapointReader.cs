using System.Buffers;
using System.Text.Json;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>
/// Parses the array <c>[{"t", "d", "o"}, …]</c>, in responses also with <c>"stream"</c>, into columns while its bytes arrive. Each
/// call takes the complete datapoints and leaves the rest for the next call. An insert may also be one datapoint, or a value that is
/// a number, text or boolean.
/// </summary>
/// <param name="blockSize">The maximum number of datapoints in a block.</param>
/// <param name="about">The target of errors: a path.</param>
/// <param name="maxParts">The maximum number of datapoints, of arrays and objects in their values, and of names in large objects.</param>
/// <param name="length">The number of bytes to expect, for memory of the right size from the start; 0 when unknown.</param>
public sealed class DatapointReader(DatapointDirection direction, int blockSize = DatapointReader.DefaultBlockSize, object? about = null, long maxParts = long.MaxValue, long length = 0)
{
    public const int DefaultBlockSize = 4096;

    /// <summary>The number of datapoints to read with the general reader before the fast parser is tried again; small where a datapoint is split over two pieces.</summary>
    private const int MostSteps = 64;

    /// <summary>Bytes of a short datapoint: <c>{"t":1772539200,"d":21.5},</c>.</summary>
    private const int BytesOfDatapoint = 26;

    /// <summary>The largest capacity at the start: a caller can announce bytes that it does not send.</summary>
    private const int MostCapacity = 8192;

    private readonly PartLimit _limit = new(maxParts, about);
    private readonly BlockBuilder _builder = new((int)Math.Clamp(length / BytesOfDatapoint, 16, MostCapacity));
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DataValue.MaxDepth + 2 });
    private Dictionary<string, CdbPath>? _streams;
    private bool _isBegun;
    private bool _isEnded;

    private double NoTime => direction == DatapointDirection.Insert ? double.NaN : 0;

    /// <summary>The number of datapoints read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The number of datapoints read so far, and of arrays and objects in their values.</summary>
    public long Parts => Count + _limit.Containers;

    /// <summary>The datapoints read since the last call.</summary>
    public Block Take() => _builder.Build();

    /// <summary>Parses a complete array in memory.</summary>
    /// <exception cref="InvalidValueException">The text is not an array of datapoints; the message contains the position.</exception>
    public static Block ReadAll(ReadOnlySequence<byte> utf8Json, DatapointDirection direction, object? about = null)
        => new DatapointReader(direction, int.MaxValue, about).ReadAll(utf8Json);

    /// <inheritdoc cref="ReadAll(ReadOnlySequence{byte}, DatapointDirection, object?)"/>
    public Block ReadAll(ReadOnlySequence<byte> utf8Json)
    {
        Read(ref utf8Json, isLast: true);
        return Take();
    }

    /// <summary>Parses the array that is part of a message, or returns null when there is none.</summary>
    /// <exception cref="InvalidValueException">The text is not an array of datapoints.</exception>
    internal static Block? ReadPart(ReadOnlySpan<byte> message, Range part, DatapointDirection direction, object? about)
        => part.Equals(default) ? null : ReadAll(new ReadOnlySequence<byte>(message[part].ToArray()), direction, about);

    /// <summary>Continues to parse, and moves <paramref name="bytes"/> to the first byte that is not parsed.</summary>
    /// <param name="isLast">No more bytes follow.</param>
    /// <returns>True when a block is full: take it and call again. Otherwise more bytes are needed, or everything is parsed.</returns>
    /// <exception cref="InvalidValueException">The text is not an array of datapoints; the message contains the position.</exception>
    public bool Read(ref ReadOnlySequence<byte> bytes, bool isLast)
    {
        try
        {
            int most = 1;
            for (int steps = 1; steps > 0 && _builder.Count < blockSize;)
            {
                int plain = TakePlain(bytes.FirstSpan);
                bytes = bytes.Slice(plain);
                most = plain > 0 ? 1 : Math.Min(2 * most, MostSteps);
                steps = Step(ref bytes, isLast, most);
                _limit.Check(Count);
            }
        }
        catch (JsonException error)
        {
            // The line number is right, because the fast parser does not cross lines. The position in the line is not, because the reader does not see those datapoints.
            if (isLast && !_isBegun && IsBlank(bytes))
            {
                throw new InvalidValueException("There are no datapoints, because the text is empty. Give an array, such as [{\"t\": 1772539200, \"d\": 21.5}].", about);
            }

            string fault = JsonFault.OfLine(error);
            throw new InvalidValueException($"Datapoint {Count + 1} cannot be read, because it {fault}", about) { Place = (int)Count, Reason = $"It {fault}" };
        }

        return _builder.Count >= blockSize;
    }

    private static bool IsBlank(ReadOnlySequence<byte> bytes) => bytes.ToArray().AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Runs the fast parser after a datapoint. The state of the general reader is the same after each datapoint, so it stays valid.</summary>
    /// <returns>The number of bytes parsed.</returns>
    private int TakePlain(ReadOnlySpan<byte> bytes)
    {
        if (Count == 0 || _isEnded)
        {
            return 0;
        }

        int before = _builder.Count;
        long room = _limit.Room(Count) + 1;
        int taken = PlainDatapoints.TakeInto(bytes, _builder, (int)Math.Min(blockSize, before + Math.Min(room, int.MaxValue - before)), NoTime);
        Count += _builder.Count - before;
        return taken;
    }

    /// <summary>Parses the given number of datapoints or brackets with the general reader.</summary>
    /// <returns>The number parsed; fewer than requested when the next one is incomplete or nothing is left.</returns>
    private int Step(ref ReadOnlySequence<byte> bytes, bool isLast, int most)
    {
        Utf8JsonReader reader = new(bytes, isLast, _state);
        int steps = 0;
        while (steps < most && _builder.Count < blockSize)
        {
            Utf8JsonReader before = reader;
            if (!Step(ref reader, isLast))
            {
                reader = before;
                break;
            }

            steps++;
        }

        _state = reader.CurrentState;
        bytes = bytes.Slice(reader.Position);
        return steps;
    }

    /// <summary>Parses one datapoint or bracket; returns false when it is incomplete or nothing is left.</summary>
    private bool Step(ref Utf8JsonReader reader, bool isLast)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when !_isBegun:
                _isBegun = true;
                return true;
            case JsonTokenType.Null when !_isBegun:
                _isBegun = _isEnded = true;
                return true;
            case JsonTokenType.EndArray when !_isEnded:
                _isEnded = true;
                return true;
            case JsonTokenType.StartObject when _isBegun:
                return ReadDatapoint(ref reader, isLast);
            case JsonTokenType.StartObject when direction == DatapointDirection.Insert:
                _isBegun = _isEnded = ReadDatapoint(ref reader, isLast);
                return _isBegun;
            case JsonTokenType.Number or JsonTokenType.String or JsonTokenType.True or JsonTokenType.False when direction == DatapointDirection.Insert && !_isBegun:
                _builder.Add(NoTime, DataValue.Read(ref reader));
                Count++;
                _isBegun = _isEnded = true;
                return true;
            default:
                throw _isBegun
                    ? Fault($"is {Word(reader.TokenType)}, not an object {{\"t\", \"d\"}}")
                    : new InvalidValueException($"Datapoints come as a JSON array, not as {Word(reader.TokenType)}.", about);
        }
    }

    private bool ReadDatapoint(ref Utf8JsonReader reader, bool isLast)
    {
        double t = NoTime;
        DataValue value = default;
        string? origin = null;
        string? unknown = null;
        CdbPath? stream = null;
        bool hasTime = false;
        bool hasValue = false;
        bool hasOrigin = false;
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.EndObject)
            {
                break;
            }

            DatapointPart part = DatapointParts.Read(ref reader);
            bool isRepeated = part switch { DatapointPart.Time => hasTime, DatapointPart.Value => hasValue, DatapointPart.Origin => hasOrigin, _ => false };
            if (isRepeated)
            {
                throw Fault($"has the member '{DataValue.ReadText(ref reader).ToLowerInvariant()}' more than once; nothing tells which of them counts, so send it once");
            }

            hasTime |= part is DatapointPart.Time;
            hasValue |= part is DatapointPart.Value;
            hasOrigin |= part is DatapointPart.Origin;
            bool isMember = part is DatapointPart.Time or DatapointPart.Value or DatapointPart.Origin;
            unknown ??= isMember || (hasTime && hasValue) || direction != DatapointDirection.Insert ? null : DataValue.ReadText(ref reader);
            if (!reader.Read() || ((!isLast || _limit.IsSet) && !_limit.IsWhole(reader, Count)))
            {
                return false;
            }

            switch (part)
            {
                case DatapointPart.Time:
                    t = ReadTime(ref reader, t);
                    break;
                case DatapointPart.Value:
                    value = DataValue.Read(ref reader);
                    break;
                case DatapointPart.Origin:
                    origin = reader.TokenType is JsonTokenType.String ? DataValue.ReadText(ref reader) : null;
                    reader.TrySkip();
                    break;
                case DatapointPart.Stream when direction == DatapointDirection.Answer && reader.TokenType is JsonTokenType.String:
                    stream = StreamOf(DataValue.ReadText(ref reader));
                    break;
                case DatapointPart.Error when direction == DatapointDirection.Answer:
                    throw ErrorOf(DataValue.Read(ref reader));
                default:
                    reader.TrySkip();
                    break;
            }
        }

        // Programs send objects with members for others, but not instead of the time and value that they mean: these are in members of other names, and the datapoint would get null or the time of the server.
        if (unknown is not null && !(hasTime && hasValue))
        {
            throw Fault(hasValue
                ? $"has the unknown member '{unknown}' and no time 't'; the time is sent as 't' in unix seconds, {{\"t\": 1772539200, \"d\": 21.5}}"
                : $"has the unknown member '{unknown}' and no value 'd'; the value is sent as 'd', {{\"t\": 1772539200, \"d\": 21.5}}, and an object as the value is {{\"d\": {{…}}}}");
        }

        // In an array, a missing value has always been null: of {"t": 5}, and of {}. An object alone is a value or a mistake.
        if (!hasValue && !_isBegun)
        {
            throw new InvalidValueException("The object has no member 'd'. Send a datapoint as {\"t\": unix seconds, \"d\": value}, without t for the current time; an object as the value is {\"d\": {…}}.", about);
        }

        _builder.Add(t, value, origin is { Length: > 0 } ? origin : null, stream);
        Count++;
        return true;
    }

    /// <summary>Reads the stream of a datapoint.</summary>
    private CdbPath StreamOf(string text)
    {
        _streams ??= [];
        if (!_streams.TryGetValue(text, out CdbPath? stream))
        {
            try
            {
                stream = CdbPath.Parse(text);
            }
            catch (InvalidNameException error)
            {
                throw Fault($"has a stream that is not a path: {error.Message}");
            }

            _streams.Add(text, stream);
        }

        return stream;
    }

    private double ReadTime(ref Utf8JsonReader reader, double missing) => reader.TokenType switch
    {
        JsonTokenType.Null => missing,
        JsonTokenType.Number => reader.GetDouble() is var t && double.IsFinite(t) ? t : throw Fault("has a time 't' outside the range of numbers"),
        var other => throw Fault($"has a time 't' that is {Word(other)}, not a number of unix seconds"),
    };

    private CdbException ErrorOf(DataValue value)
    {
        Failure failure = Failure.Read(JsonFields.Of(value, "The error among the datapoints"));
        return failure.ToException(about) ?? new StoreException(StoreFault.Failed, failure.Message, about);
    }

    private InvalidValueException Fault(string what)
        => new($"Datapoint {Count + 1} {what}.", about) { Place = (int)Count, Reason = $"It {what}." };

    private static string Word(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };
}
