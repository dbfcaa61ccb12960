using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>dependencies</c>: an object with a certain member must have others, or obey a schema.</summary>
internal sealed class DependenciesKeyword(Dictionary<string, string[]> members, Dictionary<string, SchemaNode> schemas) : Keyword
{
    public override IEnumerable<SchemaNode> SameValue => schemas.Values;

    public static DependenciesKeyword? Read(SchemaSource source)
    {
        if (!source.TryGet("dependencies", out DataValue value))
        {
            return null;
        }

        Dictionary<string, string[]> members = new(StringComparer.Ordinal);
        Dictionary<string, SchemaNode> schemas = new(StringComparer.Ordinal);
        foreach ((string name, DataValue needed) in source.Members("dependencies", value))
        {
            if (needed.Kind == DataKind.Array)
            {
                members[name] = source.ToTexts("dependencies", needed);
            }
            else
            {
                schemas[name] = source.At("dependencies", name, needed);
            }
        }

        return new DependenciesKeyword(members, schemas);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values is NumberColumn or IntegerColumn or BooleanColumn or TextColumn;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Object)
        {
            return null;
        }

        DataObject given = value.AsObject();
        foreach ((string name, _) in given.Members)
        {
            string? missing = members.GetValueOrDefault(name)?.FirstOrDefault(needed => !given.TryGetValue(needed, out _));
            if (missing is not null)
            {
                return new SchemaError(value, $"has '{name}' but not '{missing}', which it requires");
            }

            if (schemas.GetValueOrDefault(name)?.Check(value, budget) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
