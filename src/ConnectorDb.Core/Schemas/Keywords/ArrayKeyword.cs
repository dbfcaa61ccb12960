using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>minItems</c>, <c>maxItems</c>, <c>uniqueItems</c>, <c>contains</c>.</summary>
internal sealed class ArrayKeyword(long? least, long? most, bool unique, SchemaNode? contained) : Keyword
{
    public static ArrayKeyword? Read(SchemaSource source)
    {
        long? least = source.Count("minItems");
        long? most = source.Count("maxItems");
        bool unique = source.Boolean("uniqueItems") == true;
        SchemaNode? contained = source.Schema("contains");
        return least is null && most is null && !unique && contained is null ? null : new ArrayKeyword(least, most, unique, contained);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values is NumberColumn or IntegerColumn or BooleanColumn or TextColumn or RecordColumn;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Array)
        {
            return null;
        }

        DataValue[] items = value.AsArray();
        return items.Length < least ? new SchemaError(value, $"has fewer than {least} items")
            : items.Length > most ? new SchemaError(value, $"has more than {most} items")
            : unique && new HashSet<DataValue>(items).Count < items.Length ? new SchemaError(value, "has the same item twice")
            : contained is not null && !items.Any(item => contained.Obeys(item, budget)) ? new SchemaError(value, "has no item that matches the schema of contains")
            : null;
    }
}
