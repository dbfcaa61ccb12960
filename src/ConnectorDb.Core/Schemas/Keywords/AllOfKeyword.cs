using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>allOf</c></summary>
internal sealed class AllOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override bool Accepts(Column values, ValidationBudget budget) => Array.TrueForAll(nodes, node => node.Accepts(values, budget));

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        foreach (SchemaNode node in nodes)
        {
            if (node.Check(value, budget) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
