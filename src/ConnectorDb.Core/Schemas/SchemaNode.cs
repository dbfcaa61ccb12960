using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A schema, or a schema within one: its demands, all of which must be met.</summary>
internal sealed class SchemaNode
{
    /// <summary>Filled in after the node was made, because a schema may speak of itself.</summary>
    public IReadOnlyList<Keyword> Keywords { get; set; } = [];

    public bool Accepts(Column values, ValidationBudget budget)
    {
        budget.Spend();
        foreach (Keyword keyword in Keywords)
        {
            if (!keyword.Accepts(values, budget))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first error; null when the value obeys.</summary>
    public SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        budget.Spend();
        for (int i = 0; i < Keywords.Count; i++)
        {
            if (Keywords[i].Check(value, budget) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    public bool Obeys(DataValue value, ValidationBudget budget) => Check(value, budget) is null;
}
