namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>oneOf</c></summary>
internal sealed class OneOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        int obeyed = nodes.Count(node => node.Obeys(value, budget));
        return obeyed == 1 ? null : new SchemaError(value, $"matches {obeyed} of the {nodes.Length} schemas of oneOf instead of exactly one");
    }
}
