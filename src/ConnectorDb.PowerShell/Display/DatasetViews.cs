using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>
/// Views of the rows of datasets, by the names of their columns. Only cultures that write numbers in their own way need them: without a
/// view, a table shows the same columns, with numbers in the culture of the session.
/// </summary>
internal static class DatasetViews
{
    // Each view makes PowerShell build its tables again. A script with ever new columns does without.
    private const int Most = 100;
    private static readonly Dictionary<string, ExtendedTypeDefinition> s_views = [];

    /// <summary>The name of a type whose view shows these columns; null where there is none.</summary>
    /// <param name="columns">The names of the columns, and whether they contain numbers.</param>
    public static string? TypeFor(string time, IReadOnlyList<(string Name, bool IsNumber)> columns)
    {
        if (columns.All(column => !column.IsNumber))
        {
            return null;
        }

        lock (s_views)
        {
            string key = string.Join('\0', columns);
            if (!s_views.TryGetValue(key, out ExtendedTypeDefinition? view) && s_views.Count < Most)
            {
                string type = FormattableString.Invariant($"ConnectorDb.DatasetRow#{s_views.Count}");
                view = View.Of(type, View.Table([ViewColumn.Property(time, time), .. columns.Select(Column)]));
                s_views.Add(key, view);
            }

            return view is not null && RunspaceDisplay.Add(view) ? view.TypeName : null;
        }
    }

    /// <summary>True for a view of rows.</summary>
    public static bool Contains(ExtendedTypeDefinition? view)
    {
        lock (s_views)
        {
            return view is not null && s_views.ContainsValue(view);
        }
    }

    private static ViewColumn Column((string Name, bool IsNumber) column)
    {
        string name = column.Name.Replace("'", "''", StringComparison.Ordinal);
        ViewColumn value = ViewColumn.Script(column.Name, ViewColumn.Invariant($"$_.PSObject.Properties['{name}'].Value"));
        return column.IsNumber ? value.Right() : value;
    }
}
