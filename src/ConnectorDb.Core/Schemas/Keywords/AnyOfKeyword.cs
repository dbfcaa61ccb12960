using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>anyOf</c></summary>
internal sealed class AnyOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override bool Accepts(Column values, Effort effort) => Array.Exists(nodes, node => node.Accepts(values, effort));

    public override Fault? Check(DataValue value, Effort effort)
    {
        Fault? first = null;
        foreach (SchemaNode node in nodes)
        {
            Fault? fault = node.Check(value, effort);
            if (fault is null)
            {
                return null;
            }

            first ??= fault;
        }

        return first! with { Reason = $"{first.Reason}, nor does it obey another choice" };
    }
}
