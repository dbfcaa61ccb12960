using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>required</c>, <c>minProperties</c>, <c>maxProperties</c>, <c>propertyNames</c>.</summary>
internal sealed class ObjectKeyword(string[] required, long? least, long? most, SchemaNode? names) : Keyword
{
    public static ObjectKeyword? Read(SchemaSource source)
    {
        string[] required = source.Texts("required") ?? [];
        long? least = source.Count("minProperties");
        long? most = source.Count("maxProperties");
        SchemaNode? names = source.Schema("propertyNames");
        return required.Length == 0 && least is null && most is null && names is null ? null : new ObjectKeyword(required, least, most, names);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values switch
    {
        NumberColumn or IntegerColumn or BooleanColumn or TextColumn => true,

        // These keywords look at the names only, which all records of a column have in common.
        RecordColumn { Count: > 0 } records => Check(records[0], budget) is null,
        _ => false,
    };

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Object)
        {
            return null;
        }

        DataObject members = value.AsObject();
        foreach (string name in required)
        {
            if (!members.TryGetValue(name, out _))
            {
                return new SchemaError(value, $"has no '{name}', which is required");
            }
        }

        int count = members.Members.ToArray().DistinctBy(member => member.Key).Count();
        return count < least ? new SchemaError(value, $"has fewer than {CountText.Of(least.GetValueOrDefault(), "member")}")
            : count > most ? new SchemaError(value, $"has more than {CountText.Of(most.GetValueOrDefault(), "member")}")
            : names is null ? null
            : BadName(members, budget);
    }

    private SchemaError? BadName(DataObject members, ValidationBudget budget)
    {
        foreach ((string name, _) in members.Members)
        {
            if (names!.Check(DataValue.From(name), budget) is { } error)
            {
                return error with { Reason = $"as a name {error.Reason}" };
            }
        }

        return null;
    }
}
