namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>The schema <c>false</c>: no value obeys.</summary>
internal sealed class NeverKeyword : Keyword
{
    public override Fault? Check(DataValue value, Effort effort) => new(value, "is not allowed here");
}
