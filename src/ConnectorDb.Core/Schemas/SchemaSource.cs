namespace ConnectorDb.Core.Schemas;

/// <summary>Reads the members of a schema object and checks their types.</summary>
internal sealed class SchemaSource(SchemaCompiler compiler, string place, DataObject members)
{
    /// <summary>A longer pattern takes long to compile, and much memory.</summary>
    private const int MaxPattern = 2000;

    public bool TryGet(string keyword, out DataValue value) => members.TryGetValue(keyword, out value);

    public double? Number(string keyword)
        => !TryGet(keyword, out DataValue value) ? null : value.IsNumber ? value.AsDouble() : throw Error(keyword, "must be a number");

    /// <summary>A count: a whole number, not negative.</summary>
    public long? Count(string keyword)
        => !TryGet(keyword, out DataValue value) ? null
            : value.IsNumber && value.AsDouble() is >= 0 and < long.MaxValue and var count && double.IsInteger(count) ? (long)count
            : throw Error(keyword, "must be a whole number, 0 or more");

    public bool? Boolean(string keyword)
        => !TryGet(keyword, out DataValue value) ? null : value.Kind == DataKind.Boolean ? value.AsBoolean() : throw Error(keyword, "must be true or false");

    public string? Text(string keyword)
        => !TryGet(keyword, out DataValue value) ? null : value.Kind == DataKind.Text ? value.AsText() : throw Error(keyword, "must be a text");

    public SchemaPattern? Pattern(string keyword) => Text(keyword) is { } pattern ? ToPattern(pattern, keyword) : null;

    /// <summary>Compiles a pattern without backtracking where it allows that, so that no text takes long.</summary>
    public SchemaPattern ToPattern(string pattern, string keyword)
    {
        if (pattern.Length > MaxPattern)
        {
            throw Error(keyword, $"has {pattern.Length} characters; a regular expression may have at most {MaxPattern}");
        }

        try
        {
            return compiler.PatternOf(pattern, place);
        }
        catch (ArgumentException error)
        {
            throw Error(keyword, $"is not a regular expression: {error.Message}");
        }
    }

    public SchemaNode? Schema(string keyword)
        => TryGet(keyword, out DataValue value) ? compiler.NodeAt(JsonPointer.Join(place, keyword), value) : null;

    /// <summary>A list of schemas that is not empty.</summary>
    public SchemaNode[]? Schemas(string keyword)
    {
        if (!TryGet(keyword, out DataValue value))
        {
            return null;
        }

        if (value.Kind != DataKind.Array || value.AsArray().Length == 0)
        {
            throw Error(keyword, "must be a list of schemas");
        }

        string list = JsonPointer.Join(place, keyword);
        return [.. value.AsArray().Select((item, i) => compiler.NodeAt($"{list}/{i}", item))];
    }

    /// <summary>Schemas by name.</summary>
    public Dictionary<string, SchemaNode>? SchemasByName(string keyword)
    {
        if (!TryGet(keyword, out DataValue value))
        {
            return null;
        }

        string owner = JsonPointer.Join(place, keyword);
        return Members(keyword, value).ToDictionary(member => member.Key, member => compiler.NodeAt(JsonPointer.Join(owner, member.Key), member.Value), StringComparer.Ordinal);
    }

    public string[]? Texts(string keyword)
        => !TryGet(keyword, out DataValue value) ? null : ToTexts(keyword, value);

    public string[] ToTexts(string keyword, DataValue value)
        => value.Kind == DataKind.Array && value.AsArray().All(item => item.Kind == DataKind.Text)
            ? [.. value.AsArray().Select(item => item.AsText())]
            : throw Error(keyword, "must be a list of texts");

    /// <summary>The members of an object; of equal names the last counts.</summary>
    public Dictionary<string, DataValue> Members(string keyword, DataValue value)
    {
        if (value.Kind != DataKind.Object)
        {
            throw Error(keyword, "must be an object");
        }

        Dictionary<string, DataValue> byName = new(StringComparer.Ordinal);
        foreach ((string name, DataValue member) in value.AsObject().Members)
        {
            byName[name] = member;
        }

        return byName;
    }

    public SchemaNode Reference(string reference) => compiler.NodeOf(reference, place);

    public SchemaNode At(string keyword, string name, DataValue schema)
        => compiler.NodeAt(JsonPointer.Join(JsonPointer.Join(place, keyword), name), schema);

    public InvalidSchemaException Error(string keyword, string error) => SchemaCompiler.Error(JsonPointer.Join(place, keyword), error);
}
