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
        return items.Length < least ? new SchemaError(value, $"has fewer than {CountText.Of(least.GetValueOrDefault(), "item")}")
            : items.Length > most ? new SchemaError(value, $"has more than {CountText.Of(most.GetValueOrDefault(), "item")}")
            : unique && !AreUnique(items, budget) ? new SchemaError(value, "has the same item twice")
            : contained is not null && !items.Any(item => contained.Obeys(item, budget)) ? new SchemaError(value, "has no item that matches the schema of contains")
            : null;
    }

    private static bool AreUnique(DataValue[] items, ValidationBudget budget) => new HashSet<DataValue>(items, new BudgetedComparer(budget)).Count == items.Length;

    /// <summary>Counts comparisons, because items can be made that have one hash: numbers with digits beyond those of a double.</summary>
    private sealed class BudgetedComparer(ValidationBudget budget) : IEqualityComparer<DataValue>
    {
        public bool Equals(DataValue x, DataValue y)
        {
            budget.Spend(ColumnWeight.Of(x));
            return x == y;
        }

        public int GetHashCode(DataValue item) => item.GetHashCode();
    }
}
