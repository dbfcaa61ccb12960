using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Schemas.Keywords;

namespace ConnectorDb.Core.Schemas;

/// <summary>
/// Compiles a JSON Schema (draft 4, and of drafts 6 and 7 everything but identifiers) into nodes. References are followed within
/// the schema only; nothing is fetched.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly DataValue _document;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<SchemaNode, string> _places = [];
    private readonly Dictionary<string, SchemaPattern> _patterns = new(StringComparer.Ordinal);
    private readonly int _maxStates;
    private int _states;

    private SchemaCompiler(DataValue document, int maxStates) => (_document, _maxStates) = (document, maxStates);

    /// <param name="document">The schema.</param>
    /// <param name="maxStates">Maximum size of its regular expressions, as <see cref="ExpressionSize"/> counts it.</param>
    /// <exception cref="InvalidSchemaException">It is not a schema; the message has the position and the reason.</exception>
    public static CompiledSchema Compile(DataValue document, int maxStates = int.MaxValue)
    {
        if (document.Kind != DataKind.Object)
        {
            throw new InvalidSchemaException("A schema is a JSON object, such as {\"type\": \"number\"}.", document);
        }

        SchemaCompiler compiler = new(document, maxStates);
        try
        {
            SchemaNode root = compiler.NodeAt("", document);
            SchemaCycles.Refuse(compiler._places);
            return new CompiledSchema(root, compiler._states);
        }
        catch (InsufficientExecutionStackException)
        {
            throw Error("", "is nested too deeply");
        }
    }

    /// <summary>The node of the schema at this position of the document.</summary>
    public SchemaNode NodeAt(string place, DataValue schema)
    {
        if (_nodes.TryGetValue(place, out SchemaNode? known))
        {
            return known;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        SchemaNode node = _nodes[place] = new SchemaNode();
        _places.Add(node, place);
        node.Keywords = schema.Kind switch
        {
            DataKind.Boolean => schema.AsBoolean() ? [] : [new NeverKeyword()],
            DataKind.Object => [.. KeywordReader.Read(new SchemaSource(this, place, schema.AsObject()))],
            _ => throw Error(place, "must be a schema: an object"),
        };
        return node;
    }

    /// <summary>Compiles a regular expression, once for each pattern.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public SchemaPattern PatternOf(string pattern, string place)
    {
        if (_patterns.TryGetValue(pattern, out SchemaPattern? known))
        {
            return known;
        }

        _states += ExpressionSize.States(pattern);
        return _states <= _maxStates ? _patterns[pattern] = SchemaPattern.Of(pattern)
            : throw Error(place, string.Create(CultureInfo.InvariantCulture, $"has a regular expression too many: together they have more than {_maxStates} characters, repetitions included"));
    }

    /// <summary>The node that a reference means.</summary>
    public SchemaNode NodeOf(string reference, string from)
    {
        if (!reference.StartsWith('#'))
        {
            throw Error(from, $"refers to '{reference}'; only references within the schema are followed, such as '#/definitions/name'");
        }

        string place = Uri.UnescapeDataString(reference[1..]);
        return JsonPointer.Find(_document, place) is { } schema
            ? NodeAt(place, schema)
            : throw Error(from, $"refers to '{reference}', which is not there");
    }

    public static InvalidSchemaException Error(string place, string error)
        => new($"{(place.Length == 0 ? "The schema" : $"'{place}' in the schema")} {error}.", place);
}
