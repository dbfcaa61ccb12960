namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>if</c>, <c>then</c>, <c>else</c></summary>
internal sealed class IfKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
        => (condition.Obeys(value, budget) ? then : otherwise)?.Check(value, budget);
}
