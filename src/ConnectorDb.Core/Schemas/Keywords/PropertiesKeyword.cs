using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>properties</c>, <c>patternProperties</c>, and <c>additionalProperties</c> for members that neither names.</summary>
internal sealed class PropertiesKeyword : Keyword
{
    private readonly Dictionary<string, SchemaNode> _named;
    private readonly (SchemaPattern Pattern, SchemaNode Node)[] _patterns;
    private readonly SchemaNode? _rest;

    private PropertiesKeyword(Dictionary<string, SchemaNode> named, (SchemaPattern Pattern, SchemaNode Node)[] patterns, SchemaNode? rest)
    {
        _named = named;
        _patterns = patterns;
        _rest = rest;
    }

    public static PropertiesKeyword? Read(SchemaSource source)
    {
        Dictionary<string, SchemaNode> named = source.SchemasByName("properties") ?? [];
        Dictionary<string, SchemaNode> patterns = source.SchemasByName("patternProperties") ?? [];
        SchemaNode? rest = source.Schema("additionalProperties");
        return named.Count == 0 && patterns.Count == 0 && rest is null
            ? null
            : new PropertiesKeyword(named, [.. patterns.Select(entry => (source.ToPattern(entry.Key, "patternProperties"), entry.Value))], rest);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values switch
    {
        NumberColumn or IntegerColumn or BooleanColumn or TextColumn => true,
        RecordColumn records => records.Names.Zip(records.Fields).All(member => NodesFor(member.First, budget).All(node => node.Accepts(member.Second, budget))),
        _ => false,
    };

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Object)
        {
            return null;
        }

        foreach ((string name, DataValue member) in value.AsObject().Members)
        {
            foreach (SchemaNode node in NodesFor(name, budget))
            {
                if (node.Check(member, budget) is { } error)
                {
                    return error.Under(name);
                }
            }
        }

        return null;
    }

    /// <summary>The schemas that apply to a member with this name.</summary>
    private IEnumerable<SchemaNode> NodesFor(string name, ValidationBudget budget)
    {
        bool isNamed = _named.TryGetValue(name, out SchemaNode? own);
        if (isNamed)
        {
            yield return own!;
        }

        foreach ((SchemaPattern pattern, SchemaNode node) in _patterns)
        {
            if (pattern.IsMatch(name, budget))
            {
                isNamed = true;
                yield return node;
            }
        }

        if (!isNamed && _rest is not null)
        {
            yield return _rest;
        }
    }
}
