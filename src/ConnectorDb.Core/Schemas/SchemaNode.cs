using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A schema or subschema: keywords that must all be met.</summary>
internal sealed class SchemaNode
{
    /// <summary>The keywords, set after the node exists because a schema may refer to itself.</summary>
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
