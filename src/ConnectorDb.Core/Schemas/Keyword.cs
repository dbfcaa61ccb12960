using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas;

/// <summary>One demand of a schema.</summary>
internal abstract class Keyword
{
    /// <summary>The schemas that the same value has to be checked against; they may not lead back here.</summary>
    public virtual IEnumerable<SchemaNode> SameValue => [];

    /// <summary>True when every value of the column obeys, if that can be told at once; else the values are checked one by one.</summary>
    public virtual bool Accepts(Column values, ValidationBudget budget) => false;

    /// <summary>Null when the value obeys.</summary>
    public abstract SchemaError? Check(DataValue value, ValidationBudget budget);
}
