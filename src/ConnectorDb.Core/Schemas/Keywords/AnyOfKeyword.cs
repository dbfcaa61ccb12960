using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>anyOf</c></summary>
internal sealed class AnyOfKeyword(SchemaNode[] nodes) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => nodes;

    public override bool Accepts(Column values, ValidationBudget budget) => Array.Exists(nodes, node => node.Accepts(values, budget));

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        SchemaError? first = null;
        foreach (SchemaNode node in nodes)
        {
            SchemaError? error = node.Check(value, budget);
            if (error is null)
            {
                return null;
            }

            first ??= error;
        }

        return first! with { Reason = $"{first.Reason}, and it matches no other schema of anyOf" };
    }
}
