using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of transforms and interpolators.</summary>
internal static class PipeScriptViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<TransformInfo>(View.WrappedTable(
            "Name",
            ViewColumn.Script("Arguments", """($_.Arguments | ForEach-Object { if ($_.Optional) { "[$($_.Name)]" } else { $_.Name } }) -join ' '"""),
            "Description")),
        View.Of<InterpolatorInfo>(View.WrappedTable("Name", "Description")),
    ];
}
