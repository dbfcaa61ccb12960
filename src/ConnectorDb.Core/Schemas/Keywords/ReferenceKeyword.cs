using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>$ref</c>: another schema stands here.</summary>
internal sealed class ReferenceKeyword(SchemaNode target) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => [target];

    public override bool Accepts(Column values, Effort effort) => target.Accepts(values, effort);

    public override Fault? Check(DataValue value, Effort effort) => target.Check(value, effort);
}
