using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>items</c>, one schema for all items or one for each position, and <c>additionalItems</c> for the positions after.</summary>
internal sealed class ItemsKeyword(SchemaNode[] places, SchemaNode? rest) : Keyword
{
    public static ItemsKeyword? Read(SchemaSource source)
    {
        SchemaNode? additional = source.Schema("additionalItems");
        if (!source.TryGet("items", out DataValue items))
        {
            return null;
        }

        if (items.Kind != DataKind.Array)
        {
            return new ItemsKeyword([], source.Schema("items"));
        }

        return new ItemsKeyword(items.AsArray().Length == 0 ? [] : source.Schemas("items")!, additional);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values is NumberColumn or IntegerColumn or BooleanColumn or TextColumn or RecordColumn;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Array)
        {
            return null;
        }

        DataValue[] items = value.AsArray();
        for (int i = 0; i < items.Length; i++)
        {
            SchemaNode? node = i < places.Length ? places[i] : rest;
            if (node?.Check(items[i], budget) is { } error)
            {
                return error.Under(i.ToString(CultureInfo.InvariantCulture));
            }
        }

        return null;
    }
}
