using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>allOf</c></summary>
internal sealed class AllOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override bool Accepts(Column values, Effort effort) => Array.TrueForAll(nodes, node => node.Accepts(values, effort));

    public override Fault? Check(DataValue value, Effort effort)
    {
        foreach (SchemaNode node in nodes)
        {
            if (node.Check(value, effort) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
