using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The types that a JSON Schema allows at each place of a value: by type, enum, const, anyOf, oneOf, allOf, $ref, properties and items.</summary>
/// <remarks>Keywords that only restrict values of one type do not matter here. What is not understood allows every type.</remarks>
internal sealed class SchemaTypes
{
    private static readonly SchemaTypes s_anything = new();
    private readonly Dictionary<string, SchemaTypes> _members = new(StringComparer.Ordinal);
    private readonly List<SchemaTypes> _all = [];
    private readonly List<SchemaTypes[]> _any = [];
    private JsonTypes _types = JsonTypes.All;
    private DataValue[]? _values;
    private SchemaTypes? _otherMembers;
    private SchemaTypes? _items;
    private SchemaTypes[]? _firstItems;

    private SchemaTypes()
    {
    }

    /// <param name="schema">A schema. What is no object allows everything.</param>
    public static SchemaTypes Of(DataValue schema) => new Document(schema).At("");

    /// <summary>The types that are possible for a value that is a text now.</summary>
    /// <exception cref="InsufficientExecutionStackException">The schema refers to itself without end, which servers of other kinds may allow.</exception>
    public JsonTypes TypesOf(DataValue text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        JsonTypes types = _types;
        if (_values is not null)
        {
            types &= TypesOf(_values, text);
        }

        foreach (SchemaTypes each in _all)
        {
            types &= each.TypesOf(text);
        }

        foreach (SchemaTypes[] branches in _any)
        {
            JsonTypes some = JsonTypes.None;
            foreach (SchemaTypes branch in branches)
            {
                some |= branch.TypesOf(text);
            }

            types &= some;
        }

        return types;
    }

    /// <summary>The part of the schema for a member of an object.</summary>
    public SchemaTypes Member(string name)
    {
        SchemaTypes own = _members.GetValueOrDefault(name) ?? _otherMembers ?? s_anything;
        return _all.Count == 0 && _any.Count == 0 ? own : Part(own, JsonTypes.Object, schema => schema.Member(name));
    }

    /// <summary>The part of the schema for an item of an array.</summary>
    public SchemaTypes Item(int index)
    {
        SchemaTypes own = index < _firstItems?.Length ? _firstItems[index] : _items ?? s_anything;
        return _all.Count == 0 && _any.Count == 0 ? own : Part(own, JsonTypes.Array, schema => schema.Item(index));
    }

    private bool Allows(JsonTypes type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return _types.HasFlag(type) && _all.TrueForAll(each => each.Allows(type)) && _any.TrueForAll(branches => Array.Exists(branches, branch => branch.Allows(type)));
    }

    private SchemaTypes Part(SchemaTypes own, JsonTypes whole, Func<SchemaTypes, SchemaTypes> partOf)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        SchemaTypes part = new();
        part._all.Add(own);
        part._all.AddRange(_all.Select(partOf));
        foreach (SchemaTypes[] branches in _any)
        {
            // A branch for other types says nothing about the parts.
            SchemaTypes[] fitting = [.. branches.Where(branch => branch.Allows(whole)).Select(partOf)];
            if (fitting.Length > 0)
            {
                part._any.Add(fitting);
            }
        }

        return part;
    }

    private static JsonTypes TypesOf(DataValue[] values, DataValue text)
    {
        JsonTypes types = JsonTypes.None;
        foreach (DataValue value in values)
        {
            types |= value.Kind == DataKind.Text && value != text ? JsonTypes.None : TypeOf(value.Kind);
        }

        return types;
    }

    private static JsonTypes TypeOf(DataKind kind) => kind switch
    {
        DataKind.Null => JsonTypes.Null,
        DataKind.Boolean => JsonTypes.Boolean,
        DataKind.Integer or DataKind.Number => JsonTypes.Number,
        DataKind.Text => JsonTypes.Text,
        DataKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };

    private static JsonTypes TypeOf(DataValue name) => name.Kind != DataKind.Text ? JsonTypes.All : name.AsText() switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "number" or "integer" => JsonTypes.Number,
        "string" => JsonTypes.Text,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        _ => JsonTypes.All,
    };

    /// <summary>A schema with the parts that references name.</summary>
    private sealed class Document(DataValue root)
    {
        private readonly Dictionary<string, SchemaTypes> _known = new(StringComparer.Ordinal);

        /// <summary>The schema at a JSON pointer. One that refers to itself is known before it is read.</summary>
        public SchemaTypes At(string pointer)
        {
            if (!_known.TryGetValue(pointer, out SchemaTypes? schema))
            {
                _known[pointer] = schema = new SchemaTypes();
                Read(Find(pointer), schema);
            }

            return schema;
        }

        private SchemaTypes Read(DataValue source)
        {
            SchemaTypes schema = new();
            Read(source, schema);
            return schema;
        }

        private void Read(DataValue source, SchemaTypes schema)
        {
            if (source.Kind == DataKind.Boolean)
            {
                schema._types = source.AsBoolean() ? JsonTypes.All : JsonTypes.None;
            }

            if (source.Kind != DataKind.Object)
            {
                return;
            }

            foreach ((string keyword, DataValue value) in source.AsObject().Members)
            {
                switch (keyword)
                {
                    case "$ref" when value.Kind == DataKind.Text && value.AsText().StartsWith('#'):
                        schema._all.Add(At(Uri.UnescapeDataString(value.AsText()[1..])));
                        break;
                    case "type":
                        schema._types = value.Kind == DataKind.Array
                            ? value.AsArray().Aggregate(JsonTypes.None, (types, name) => types | TypeOf(name))
                            : TypeOf(value);
                        break;
                    case "enum" when value.Kind == DataKind.Array:
                        schema._values = value.AsArray();
                        break;
                    case "const":
                        schema._values = [value];
                        break;
                    case "allOf" when value.Kind == DataKind.Array:
                        schema._all.AddRange(value.AsArray().Select(Read));
                        break;
                    case "anyOf" or "oneOf" when value.Kind == DataKind.Array:
                        schema._any.Add(Array.ConvertAll(value.AsArray(), Read));
                        break;
                    case "properties" when value.Kind == DataKind.Object:
                        foreach ((string name, DataValue member) in value.AsObject().Members)
                        {
                            schema._members[name] = Read(member);
                        }

                        break;
                    case "additionalProperties" when source.AsObject().All(member => member.Key != "patternProperties"):
                        schema._otherMembers = Read(value);
                        break;
                    case "items" when value.Kind == DataKind.Array:
                        schema._firstItems = Array.ConvertAll(value.AsArray(), Read);
                        break;
                    case "items" or "additionalItems":
                        schema._items = Read(value);
                        break;
                    default:
                        break;
                }
            }
        }

        /// <summary>RFC 6901; null, which allows everything, where there is nothing.</summary>
        private DataValue Find(string pointer)
        {
            DataValue found = root;
            foreach (string token in pointer.Split('/').Skip(1))
            {
                string name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                found = found.Kind switch
                {
                    DataKind.Object when found.AsObject().TryGetValue(name, out DataValue member) => member,
                    DataKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < found.AsArray().Length => found.AsArray()[index],
                    _ => DataValue.Null,
                };
            }

            return found;
        }
    }
}
