namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>if</c>, <c>then</c>, <c>else</c></summary>
internal sealed class IfKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override Fault? Check(DataValue value, Effort effort)
        => (condition.Obeys(value, effort) ? then : otherwise)?.Check(value, effort);
}
