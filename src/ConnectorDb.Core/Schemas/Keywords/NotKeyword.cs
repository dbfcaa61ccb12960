namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>not</c></summary>
internal sealed class NotKeyword(SchemaNode node) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => [node];

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
        => node.Obeys(value, budget) ? new SchemaError(value, "matches the schema of not") : null;
}
