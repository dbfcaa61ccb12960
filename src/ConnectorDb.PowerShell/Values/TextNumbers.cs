using System.Text.Json;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Converts texts, as files contain them, to numbers, booleans and nulls, and JSON texts to arrays and objects, where the schema of a stream allows these types and no text.
/// Other texts do not change.
/// </summary>
internal sealed class TextNumbers
{
    private readonly SchemaTypes _schema;

    private TextNumbers(SchemaTypes schema) => _schema = schema;

    /// <param name="schema">A JSON Schema as JSON text.</param>
    public static TextNumbers Of(string schema)
    {
        try
        {
            return new TextNumbers(SchemaTypes.Of(schema.Length == 0 ? DataValue.Null : DataValue.Parse(schema)));
        }
        catch (JsonException)
        {
            // An invalid schema converts nothing; the engine reports it when it validates.
            return new TextNumbers(SchemaTypes.Of(DataValue.Null));
        }
    }

    /// <summary>True when the schema allows nothing but arrays.</summary>
    public bool IsOfArrays => _schema.TypesOf(DataValue.From("")) == JsonTypes.Array;

    /// <summary>True when the value is or contains a text, so that the schema matters.</summary>
    public static bool HasText(DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Text:
                return true;
            case DataKind.Array:
                return Array.Exists(value.AsArray(), HasText);
            case DataKind.Object:
                foreach ((_, DataValue member) in value.AsObject().Members)
                {
                    if (HasText(member))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    public DataValue Read(DataValue value)
    {
        try
        {
            return Read(value, _schema);
        }
        catch (InsufficientExecutionStackException)
        {
            return value;
        }
    }

    private static DataValue Read(DataValue value, SchemaTypes schema) => value.Kind switch
    {
        DataKind.Text => ReadText(value, schema),
        DataKind.Array when HasText(value) => ReadItems(value.AsArray(), schema),
        DataKind.Object when HasText(value) => ReadMembers(value.AsObject(), schema),
        _ => value,
    };

    private static DataValue ReadText(DataValue value, SchemaTypes schema)
    {
        string text = value.AsText();
        JsonTypes types = schema.TypesOf(value);
        return types.HasFlag(JsonTypes.Text) ? value
            : types.HasFlag(JsonTypes.Number) && DataValue.TryParseNumber(text, out DataValue number) ? number
            : types.HasFlag(JsonTypes.Boolean) && bool.TryParse(text, out bool flag) ? DataValue.From(flag)
            : types.HasFlag(JsonTypes.Null) && string.IsNullOrWhiteSpace(text) ? DataValue.Null
            : types.HasFlag(JsonTypes.Array) && TryParse(text, '[', out DataValue items) ? items
            : types.HasFlag(JsonTypes.Object) && TryParse(text, '{', out DataValue members) ? members
            : value;
    }

    /// <summary>Reads the JSON text of an array or object, as files have it.</summary>
    private static bool TryParse(string text, char first, out DataValue value)
    {
        value = DataValue.Null;
        if (!text.AsSpan().TrimStart().StartsWith(first))
        {
            return false;
        }

        try
        {
            value = DataValue.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static DataValue ReadItems(DataValue[] items, SchemaTypes schema)
    {
        DataValue[] read = new DataValue[items.Length];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = Read(items[i], schema.Item(i));
        }

        return DataValue.From(read);
    }

    private static DataValue ReadMembers(DataObject value, SchemaTypes schema)
    {
        KeyValuePair<string, DataValue>[] members = value.Members.ToArray();
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(members[i].Key, Read(members[i].Value, schema.Member(members[i].Key)));
        }

        return DataValue.From(new DataObject(members));
    }
}
