using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Describes how PowerShell shows objects of one type. The first view of a type is its default.</summary>
internal static class View
{
    public static ExtendedTypeDefinition Of<T>(params PSControl[] views) => Of(typeof(T).FullName!, views);

    public static ExtendedTypeDefinition Of(string typeName, params PSControl[] views) =>
        new(typeName, views.Select(view => new FormatViewDefinition(typeName, view)));

    public static TableControl Table(params ViewColumn[] columns) => Table(wrap: false, columns);

    /// <summary>Creates a table that wraps long texts.</summary>
    public static TableControl WrappedTable(params ViewColumn[] columns) => Table(wrap: true, columns);

    public static ListControl List(params ViewColumn[] lines) =>
        new([new ListControlEntry(lines.Select(line => new ListControlEntryItem(line.ListLabel, line.Value)))]);

    private static TableControl Table(bool wrap, ViewColumn[] columns)
    {
        var table = TableControl.Create();
        foreach (var column in columns)
        {
            table.AddHeader(column.Alignment, column.Width, column.Label);
        }

        var row = table.StartRowDefinition(wrap);
        foreach (var column in columns)
        {
            _ = column.Value.ValueType == DisplayEntryValueType.Property
                ? row.AddPropertyColumn(column.Value.Value, Alignment.Undefined, column.Format)
                : row.AddScriptBlockColumn(column.Value.Value, Alignment.Undefined, column.Format);
        }

        return row.EndRowDefinition().EndTable();
    }
}
