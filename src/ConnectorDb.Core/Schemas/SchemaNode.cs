using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A schema, or a schema within one: its demands, all of which must be met.</summary>
internal sealed class SchemaNode
{
    /// <summary>Filled in after the node was made, because a schema may speak of itself.</summary>
    public IReadOnlyList<Keyword> Keywords { get; set; } = [];

    public bool Accepts(Column values, Effort effort)
    {
        effort.Spend();
        foreach (Keyword keyword in Keywords)
        {
            if (!keyword.Accepts(values, effort))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first fault; null when the value obeys.</summary>
    public Fault? Check(DataValue value, Effort effort)
    {
        effort.Spend();
        for (int i = 0; i < Keywords.Count; i++)
        {
            if (Keywords[i].Check(value, effort) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    public bool Obeys(DataValue value, Effort effort) => Check(value, effort) is null;
}
