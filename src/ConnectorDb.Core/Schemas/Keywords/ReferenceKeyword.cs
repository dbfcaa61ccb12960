using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>$ref</c>, a reference to another schema.</summary>
internal sealed class ReferenceKeyword(SchemaNode target) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => [target];

    public override bool Accepts(Column values, ValidationBudget budget) => target.Accepts(values, budget);

    public override SchemaError? Check(DataValue value, ValidationBudget budget) => target.Check(value, budget);
}
