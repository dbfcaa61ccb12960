using System.Buffers;
using System.Text.Json;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>
/// Reads the array <c>[{"t", "d", "o"}, …]</c>, in an answer also <c>"stream"</c>, from bytes as they arrive, straight into
/// columns. Whatever piece of it is there, whole datapoints are taken and the rest is left for the next call.
/// </summary>
/// <param name="blockSize">Datapoints in a block, at most.</param>
/// <param name="about">What errors are about: a path.</param>
public sealed class DatapointReader(DatapointDirection direction, int blockSize = DatapointReader.DefaultBlockSize, object? about = null)
{
    public const int DefaultBlockSize = 4096;

    /// <summary>So many datapoints are taken one by one, at most, before it is looked for plain ones again; a few, where a datapoint lies in two pieces.</summary>
    private const int MostSteps = 64;

    private readonly BlockBuilder _builder = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DataValue.MaxDepth + 2 });
    private Dictionary<string, CdbPath>? _streams;
    private bool _isBegun;
    private bool _isEnded;

    private double NoTime => direction == DatapointDirection.Insert ? double.NaN : 0;

    /// <summary>Datapoints read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The datapoints read since the last call.</summary>
    public Block Take() => _builder.Build();

    /// <summary>Reads a whole array that lies in memory.</summary>
    /// <exception cref="InvalidValueException">It is not an array of datapoints; the message says where.</exception>
    public static Block ReadAll(ReadOnlySequence<byte> utf8Json, DatapointDirection direction, object? about = null)
    {
        DatapointReader reader = new(direction, int.MaxValue, about);
        reader.Read(ref utf8Json, isLast: true);
        return reader.Take();
    }

    /// <summary>Reads the array that is a part of a message; null where there is none.</summary>
    /// <exception cref="InvalidValueException">It is not an array of datapoints.</exception>
    internal static Block? ReadPart(ReadOnlySpan<byte> message, Range part, DatapointDirection direction, object? about)
        => part.Equals(default) ? null : ReadAll(new ReadOnlySequence<byte>(message[part].ToArray()), direction, about);

    /// <summary>Reads on and moves <paramref name="bytes"/> to what is not read yet.</summary>
    /// <param name="isLast">No bytes follow these.</param>
    /// <returns>A block is full: take it and call again. Otherwise more bytes are needed, or all is read.</returns>
    /// <exception cref="InvalidValueException">It is not an array of datapoints; the message says where.</exception>
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
            }
        }
        catch (JsonException error)
        {
            // Its line is right, for plain datapoints lie in one; its place in the line does not count them.
            string reason = error.Message.Split(" | BytePosition")[0].TrimEnd('.') + ".";
            throw new InvalidValueException($"Datapoint {Count} cannot be read, this is not JSON: {reason}", about) { Place = (int)Count, Reason = $"It is not JSON: {reason}" };
        }

        return _builder.Count >= blockSize;
    }

    /// <summary>Takes what is plain behind a datapoint, which is where the reader's state is good for all of that.</summary>
    /// <returns>How many bytes it was.</returns>
    private int TakePlain(ReadOnlySpan<byte> bytes)
    {
        if (Count == 0 || _isEnded)
        {
            return 0;
        }

        int before = _builder.Count;
        int taken = new PlainDatapoints(bytes).TakeInto(_builder, blockSize, NoTime);
        Count += _builder.Count - before;
        return taken;
    }

    /// <summary>Takes some datapoints or brackets, whatever they look like.</summary>
    /// <returns>How many they were: fewer than asked for, when the next is not all there or nothing is left.</returns>
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

    /// <summary>Takes one datapoint or bracket; false when not all of it is there, or nothing is left.</summary>
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
        CdbPath? stream = null;
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

            DatapointPart part = PartOf(ref reader);
            if (!reader.Read() || (!isLast && !IsWhole(reader)))
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

        _builder.Add(t, value, origin is { Length: > 0 } ? origin : null, stream);
        Count++;
        return true;
    }

    /// <summary>All of the value that the reader stands on is there. Takes a copy of the reader.</summary>
    private static bool IsWhole(Utf8JsonReader reader)
        => reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject) || reader.TrySkip();

    private static DatapointPart PartOf(ref Utf8JsonReader reader)
    {
        if (reader is { HasValueSequence: false, ValueIsEscaped: false } && reader.ValueSpan.Length == 1)
        {
            return PartOf((char)reader.ValueSpan[0]);
        }

        return DataValue.ReadText(ref reader) switch
        {
            [var letter] => PartOf(letter),
            "stream" => DatapointPart.Stream,
            "error" => DatapointPart.Error,
            _ => DatapointPart.Unknown,
        };
    }

    /// <summary>The stream that a datapoint names.</summary>
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
                throw Fault($"has a stream that is no path: {error.Message}");
            }

            _streams.Add(text, stream);
        }

        return stream;
    }

    private static DatapointPart PartOf(char name) => name switch
    {
        't' or 'T' => DatapointPart.Time,
        'd' or 'D' => DatapointPart.Value,
        'o' or 'O' => DatapointPart.Origin,
        _ => DatapointPart.Unknown,
    };

    private double ReadTime(ref Utf8JsonReader reader, double missing) => reader.TokenType switch
    {
        JsonTokenType.Null => missing,
        JsonTokenType.Number => reader.GetDouble() is var t && double.IsFinite(t) ? t : throw Fault("has a time 't' beyond all numbers"),
        var other => throw Fault($"has a time 't' that is {Word(other)}, not a number of unix seconds"),
    };

    private CdbException ErrorOf(DataValue value)
    {
        Failure failure = Failure.Read(JsonFields.Of(value, "The error among the datapoints"));
        return failure.ToException(about) ?? new StoreException(StoreFault.Failed, failure.Message, about);
    }

    private InvalidValueException Fault(string what)
        => new($"Datapoint {Count} {what}.", about) { Place = (int)Count, Reason = $"It {what}." };

    private static string Word(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "a boolean",
    };

    private enum DatapointPart
    {
        Unknown,
        Time,
        Value,
        Origin,
        Stream,
        Error,
    }
}
