using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of users, devices and streams.</summary>
internal static class TreeViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbUser>(View.Table("Name", "Role", "Public", "Email", "Description")),
        View.Of<CdbDevice>(View.Table("Path", "Role", "Public", "Enabled", "Description")),
        View.Of<CdbStream>(View.Table(
            "Path",
            Column.Script("Count", EndFor("Count") + ".Count").Right(),
            Column.Script("Last",
                $"$last = {EndFor("Last")}.Last; if ($last.GetValue().Kind -in 'Array', 'Object') {{ $last.GetValue().ToString() -replace '^(.{{19}}).{{2,}}', '$1…' }} else {{ $last.Data }}").Left(),
            Column.LocalTime("LastTime", EndFor("LastTime") + ".Last.Timestamp"),
            "Description")),
    ];

    /// <summary>The script that reads the end of a stream together with those of the listing.</summary>
    private static string EndFor(string column) => $"[{typeof(StreamListing).FullName}]::EndFor('{column}', $_)";
}
