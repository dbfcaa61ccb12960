namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>oneOf</c></summary>
internal sealed class OneOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        int obeyed = nodes.Count(node => node.Obeys(value, budget));
        return obeyed == 1 ? null : new SchemaError(value, $"obeys {obeyed} of {nodes.Length} choices instead of one");
    }
}
