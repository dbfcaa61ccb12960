using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The names of the columns of a statement.</summary>
internal static class ColumnNames
{
    /// <summary>The aliases, and for the others the names of their fields and functions, with numbers where there are several.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<SelectedField> fields)
    {
        string[] columns = new string[fields.Count];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
        {
            if (fields[i].Alias is { } alias)
            {
                columns[i] = alias;
                counts[alias] = 1;
            }
        }

        for (int i = 0; i < columns.Length; i++)
        {
            if (fields[i].Alias is not null)
            {
                continue;
            }

            string name = NameOf(fields[i].Expression);
            string unique = name;
            for (int number = counts.GetValueOrDefault(name); counts.ContainsKey(unique); number++)
            {
                counts[name] = number + 1;
                unique = $"{name}_{number}";
            }

            counts[unique] = counts.GetValueOrDefault(unique) + 1;
            columns[i] = unique;
        }

        return columns;
    }

    private static string NameOf(InfluxExpression expression) => expression is BinaryExpression ? string.Join('_', Names(expression)) : Names(expression).FirstOrDefault("");

    private static IEnumerable<string> Names(InfluxExpression expression) => expression switch
    {
        NameExpression name => [name.Name],
        CallExpression call => [call.Function],
        BinaryExpression binary => Names(binary.Left).Concat(Names(binary.Right)),
        BracketExpression { Inner: var inner } => [NameOf(inner)],
        _ => [],
    };
}
