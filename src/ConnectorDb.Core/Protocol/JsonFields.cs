using System.Text.Json;

namespace ConnectorDb.Core.Protocol;

/// <summary>The members of a received JSON object, by name regardless of case. A member that is there more than once is an error.</summary>
public sealed class JsonFields
{
    private readonly DataObject _members;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private JsonFields(DataObject members) => _members = members;

    /// <summary>Parses a body that is a JSON object.</summary>
    /// <exception cref="InvalidValueException">The text is not a JSON object.</exception>
    public static JsonFields Parse(ReadOnlySpan<byte> utf8Json) => Of(ParseValue(utf8Json), "The body");

    /// <summary>Parses a message that is a JSON object, but skips one member, which the caller parses itself.</summary>
    /// <param name="rest">The position of the value of that member; empty when the member is missing.</param>
    /// <exception cref="InvalidValueException">The text is not a JSON object.</exception>
    internal static JsonFields ParseAround(ReadOnlySpan<byte> utf8Json, string name, out Range rest)
    {
        List<KeyValuePair<string, DataValue>> members = [];
        rest = default;
        try
        {
            Utf8JsonReader reader = new(utf8Json, new JsonReaderOptions { MaxDepth = DataValue.MaxDepth + 2 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Parse(utf8Json);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string member = DataValue.ReadText(ref reader);
                reader.Read();
                if (string.Equals(member, name, StringComparison.OrdinalIgnoreCase))
                {
                    if (!rest.Equals(default))
                    {
                        throw Repeated(name);
                    }

                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    rest = start..(int)reader.BytesConsumed;
                }
                else
                {
                    members.Add(new(member, DataValue.Read(ref reader)));
                }
            }

            reader.Read();
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"The message {JsonFault.Of(error)}", null);
        }

        return new JsonFields(new DataObject(members.ToArray()));
    }

    /// <exception cref="InvalidValueException">The value is not an object.</exception>
    public static JsonFields Of(DataValue value, string what) => value.Kind == DataKind.Object
        ? new JsonFields(value.AsObject())
        : throw new InvalidValueException($"{what} must be a JSON object, not {Word(value)}.", null);

    /// <summary>Parses a body that is any JSON value.</summary>
    /// <exception cref="InvalidValueException">The text is not JSON.</exception>
    public static DataValue ParseValue(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return DataValue.Parse(utf8Json);
        }
        catch (JsonException error)
        {
            throw new InvalidValueException(utf8Json.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "The body is empty. Give the JSON of the request." : $"The body {JsonFault.Of(error)}", null);
        }
    }

    /// <exception cref="InvalidValueException">The value is not an array.</exception>
    public static DataValue[] ParseArray(ReadOnlySpan<byte> utf8Json) => ArrayOf(ParseValue(utf8Json), "The body");

    /// <exception cref="InvalidValueException">The value is not an array.</exception>
    public static DataValue[] ArrayOf(DataValue value, string what) => value.Kind == DataKind.Array
        ? value.AsArray()
        : throw new InvalidValueException($"{what} must be a JSON array, not {Word(value)}.", null);

    /// <summary>The value of a member, or null when it is missing or null.</summary>
    /// <exception cref="InvalidValueException">The member is there more than once.</exception>
    public DataValue? Value(string name)
    {
        _known.Add(name);
        DataValue found = default;
        bool isFound = false;
        foreach ((string key, DataValue value) in _members.Members)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                (isFound, found) = isFound ? throw Repeated(name) : (true, value);
            }
        }

        return found.IsNull ? null : found;
    }

    public string? Text(string name) => Value(name) is { } value
        ? value.Kind == DataKind.Text ? value.AsText() : throw Not("a string", name, value)
        : null;

    public bool? Flag(string name) => Value(name) is { } value
        ? value.Kind == DataKind.Boolean ? value.AsBoolean() : throw Not("a boolean", name, value)
        : null;

    public double? Number(string name) => Value(name) is { } value
        ? !value.IsNumber ? throw Not("a number", name, value)
            : value.AsDouble() is var number && double.IsFinite(number) ? number
            : throw new InvalidValueException($"Value of field '{name}' is outside of the range of numbers. Give a smaller one.", name)
        : null;

    public long? Integer(string name) => Value(name) is { } value
        ? value.Kind == DataKind.Integer ? value.AsInteger()
            : value.IsNumber && value.AsDouble() is var number && number == Math.Floor(number) && Math.Abs(number) < long.MaxValue ? (long)number
            : throw Not("a whole number", name, value)
        : null;

    public DataValue[]? Array(string name) => Value(name) is { } value
        ? value.Kind == DataKind.Array ? value.AsArray() : throw Not("an array", name, value)
        : null;

    /// <summary>The members of the object <paramref name="name"/>, each converted by <paramref name="read"/>, or null when there is no such object.</summary>
    public Dictionary<string, T>? Objects<T>(string name, Func<JsonFields, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (Value(name) is not { } value)
        {
            return null;
        }

        Dictionary<string, T> found = new(StringComparer.Ordinal);
        foreach ((string key, DataValue member) in (value.Kind == DataKind.Object ? value.AsObject() : throw Not("an object", name, value)).Members)
        {
            if (!found.TryAdd(key, read(Of(member, $"'{key}' of '{name}'"))))
            {
                throw Repeated(key);
            }
        }

        return found;
    }

    /// <param name="which">Completes <c>The fields … are:</c>.</param>
    /// <exception cref="InvalidValueException">The object has a member that was not read.</exception>
    public void RefuseOthers(string which = "that can be changed")
    {
        foreach ((string key, _) in _members.Members)
        {
            if (!_known.Contains(key))
            {
                throw new InvalidValueException($"Unrecognized field '{key}'. The fields {which} are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.", key);
            }
        }
    }

    /// <summary>Refuses members that are null, which a change would otherwise leave as they are.</summary>
    /// <exception cref="InvalidValueException">A member is null.</exception>
    public void RefuseNulls()
    {
        foreach ((string key, DataValue value) in _members.Members)
        {
            if (value.IsNull)
            {
                throw new InvalidValueException($"Value of field '{key}' must not be null. Leave the field out to keep its value, or send the new one.", key);
            }
        }
    }

    private static InvalidValueException Repeated(string name)
        => new($"The field '{name}' is there more than once; nothing tells which of them counts. Send it once.", name);

    private static InvalidValueException Not(string wanted, string name, DataValue value)
        => new($"Value of field '{name}' must be {wanted}, not {Word(value)}.", name);

    private static string Word(DataValue value) => value.Kind switch
    {
        DataKind.Null => "null",
        DataKind.Boolean => "a boolean",
        DataKind.Text => "a string",
        DataKind.Array => "an array",
        DataKind.Object => "an object",
        _ => "a number",
    };
}
