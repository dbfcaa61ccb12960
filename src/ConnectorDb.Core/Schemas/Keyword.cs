using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>A keyword of a schema, or several that are checked together.</summary>
internal abstract class Keyword
{
    /// <summary>The schemas that apply to the same value; they may not lead back here.</summary>
    public virtual IEnumerable<SchemaNode> SameValue => [];

    /// <summary>
    /// True when every value of the column is valid, if that can be decided at once; otherwise the values are checked one by one.
    /// </summary>
    public virtual bool Accepts(Column values, ValidationBudget budget) => false;

    /// <summary>Null when the value obeys.</summary>
    public abstract SchemaError? Check(DataValue value, ValidationBudget budget);
}
