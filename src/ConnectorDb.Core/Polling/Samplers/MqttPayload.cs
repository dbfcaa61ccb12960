using System.Buffers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Reads the value and the time of a message.</summary>
internal sealed class MqttPayload
{
    /// <summary>The maximum number of bytes of a message.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding s_text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly TimestampParser _times = new(new TimestampOptions { TimeZone = TimeZoneInfo.Utc });
    private readonly string? _path;
    private readonly KeyValuePair<string, string>[] _fields = [];
    private readonly string? _time;

    /// <param name="path">A JSON Pointer, empty for the whole message, or an object of pointers by name.</param>
    /// <param name="time">The pointer to the time; null for the time of arrival.</param>
    /// <exception cref="InvalidValueException">One is not a pointer.</exception>
    public MqttPayload(DataValue path, string? time)
    {
        if (path.Kind == DataKind.Object)
        {
            _fields = [.. path.AsObject().Members.ToArray().Select(member => KeyValuePair.Create(member.Key, Pointer(member.Value)))];
        }
        else
        {
            _path = Pointer(path);
        }

        _time = time is null ? null : Pointer(DataValue.From(time));
    }

    /// <param name="arrival">The time of arrival in unix seconds.</param>
    /// <exception cref="FormatException">The message has no such value; the text is the end of a sentence, with its mark.</exception>
    public (double T, DataValue Value) Read(ReadOnlySequence<byte> payload, double arrival)
    {
        if (payload.Length > MostBytes)
        {
            throw new FormatException($"has {CountText.Of(payload.Length, "byte")}, more than the maximum of {MostBytes}.");
        }

        string text = Text(payload);
        if (_path is "" && _time is null)
        {
            return (arrival, Checked(TextValue.Read(text)));
        }

        DataValue all = Json(text);
        return (_time is null ? arrival : Time(all, _time), Checked(_path is not null ? At(all, _path) : Fields(all)));
    }

    private static string Pointer(DataValue value)
        => value.Kind == DataKind.Text && value.AsText() is var text && (text.Length == 0 || text[0] == '/') ? text
            : throw new InvalidValueException($"{value.ToJson()} is not a JSON Pointer, which begins with '/': '/main/temp' is the member temp of the member main, '/items/0' the first of items.", "path");

    private static string Text(ReadOnlySequence<byte> payload)
    {
        try
        {
            return s_text.GetString(payload);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("is not a text.");
        }
    }

    private static DataValue Json(string text)
    {
        try
        {
            return DataValue.Parse(text);
        }
        catch (JsonException error)
        {
            throw new FormatException($"is not JSON: {error.Message}");
        }
    }

    private static DataValue At(DataValue all, string pointer)
        => JsonPointer.Find(all, pointer) ?? throw new FormatException($"has nothing at {pointer}: {TextValue.Shorten(all.ToJson())}");

    private DataValue Fields(DataValue all)
    {
        KeyValuePair<string, DataValue>[] found = [.. from field in _fields
                                                      let value = JsonPointer.Find(all, field.Value)
                                                      where value is not null
                                                      select KeyValuePair.Create(field.Key, value.Value)];
        return found.Length > 0 ? DataValue.From(new DataObject(found)) : throw new FormatException($"has nothing at {string.Join(", ", _fields.Select(field => field.Value))}: {TextValue.Shorten(all.ToJson())}");
    }

    private double Time(DataValue all, string pointer)
    {
        DataValue value = At(all, pointer);
        string text = value.Kind == DataKind.Text ? value.AsText() : value.ToJson();
        return _times.TryParse(text, out double seconds, out string? reason) ? seconds : throw new FormatException($"has no time at {pointer}: {reason}");
    }

    private static DataValue Checked(DataValue value) => TextValue.FaultOf(value) is { } fault ? throw new FormatException($"has {fault}") : value;
}
