using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Converts texts, as files contain them, to numbers and booleans where the schema of a stream requires these types.
/// Other texts do not change.
/// </summary>
internal sealed class TextNumbers
{
    private const string Anything = "{}";
    private readonly string? _type;
    private readonly Dictionary<string, TextNumbers> _members = new(StringComparer.Ordinal);

    private TextNumbers(DataValue schema)
    {
        if (schema.Kind != DataKind.Object)
        {
            return;
        }

        DataObject members = schema.AsObject();
        _type = members.TryGetValue("type", out DataValue type) && type.Kind == DataKind.Text ? type.AsText() : null;
        if (members.TryGetValue("properties", out DataValue properties) && properties.Kind == DataKind.Object)
        {
            foreach ((string name, DataValue member) in properties.AsObject().Members)
            {
                _members[name] = new TextNumbers(member);
            }
        }
    }

    /// <param name="schema">A JSON Schema as JSON text.</param>
    public static TextNumbers Of(string schema)
    {
        try
        {
            return new TextNumbers(DataValue.Parse(schema.Length == 0 ? Anything : schema));
        }
        catch (JsonException)
        {
            // An invalid schema converts nothing; the engine reports it when it validates.
            return new TextNumbers(DataValue.Null);
        }
    }

    /// <summary>True when the value is a text, or an object with one, so that the schema matters.</summary>
    public static bool HasText(DataValue value)
    {
        if (value.Kind != DataKind.Object)
        {
            return value.Kind == DataKind.Text;
        }

        foreach ((_, DataValue member) in value.AsObject().Members)
        {
            if (HasText(member))
            {
                return true;
            }
        }

        return false;
    }

    public DataValue Read(DataValue value) => value.Kind switch
    {
        DataKind.Text when _type is "number" or "integer" => Number(value),
        DataKind.Text when _type is "boolean" => bool.TryParse(value.AsText(), out bool flag) ? DataValue.From(flag) : value,
        DataKind.Object when _members.Count > 0 => ReadMembers(value.AsObject()),
        _ => value,
    };

    private static DataValue Number(DataValue value)
    {
        string text = value.AsText();
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long integer))
        {
            return DataValue.From(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? DataValue.From(number)
            : value;
    }

    private DataValue ReadMembers(DataObject value)
    {
        KeyValuePair<string, DataValue>[] members = value.Members.ToArray();
        for (int i = 0; i < members.Length; i++)
        {
            if (_members.TryGetValue(members[i].Key, out TextNumbers? reader))
            {
                members[i] = new(members[i].Key, reader.Read(members[i].Value));
            }
        }

        return DataValue.From(new DataObject(members));
    }
}
