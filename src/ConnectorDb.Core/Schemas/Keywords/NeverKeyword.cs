namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>The schema <c>false</c>, which no value matches.</summary>
internal sealed class NeverKeyword : Keyword
{
    public override SchemaError? Check(DataValue value, ValidationBudget budget) => new(value, "is not allowed here");
}
