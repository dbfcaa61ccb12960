namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>not</c></summary>
internal sealed class NotKeyword(SchemaNode node) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => [node];

    public override Fault? Check(DataValue value, Effort effort)
        => node.Obeys(value, effort) ? new Fault(value, "is what the schema excludes") : null;
}
