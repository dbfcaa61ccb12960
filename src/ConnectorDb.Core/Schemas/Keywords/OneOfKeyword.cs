namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>oneOf</c></summary>
internal sealed class OneOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override Fault? Check(DataValue value, Effort effort)
    {
        int obeyed = nodes.Count(node => node.Obeys(value, effort));
        return obeyed == 1 ? null : new Fault(value, $"obeys {obeyed} of {nodes.Length} choices instead of one");
    }
}
