using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of users, devices and streams.</summary>
internal static class TreeViews
{
    /// <summary>The property of a stream with a line of its recent values.</summary>
    public const string Trend = "Trend";

    /// <summary>The name of the type of a stream that has it.</summary>
    public const string StreamWithTrend = "ConnectorDb.CdbStream#Trend";

    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbUser>(View.Table("Name", "Role", "Public", "Email", "Description")),
        View.Of<CdbDevice>(View.Table("Path", "Role", "Public", "Enabled", "Description")),
        View.Of<CdbStream>(View.Table(
            "Path",
            ViewColumn.Script("Datapoints", EndFor("Datapoints") + ".Count").Right(),
            Last,
            ViewColumn.LocalTime("LastTime", EndFor("LastTime") + ".Last.Timestamp"),
            "Description")),
        View.Of(StreamWithTrend, View.Table("Path", Last, ViewColumn.Script("Age", $"[{typeof(StreamAge).FullName}]::Of({EndFor("Age")})").Right(), ViewColumn.Property(Trend, Trend).Left())),
        View.Of<CdbSession>(View.Table(
            ViewColumn.Property("Id", "Id").Right(),
            "Device",
            ViewColumn.LocalTime("LastUsed", "$_.LastUsed"),
            ViewColumn.LocalTime("Expires", "$_.Expires"),
            "Address",
            "Agent")),
    ];

    private static ViewColumn Last => ViewColumn.Script("Last",
        $"$last = {EndFor("Last")}.Last; if ($last.GetValue().Kind -in 'Array', 'Object') {{ $last.GetValue().ToString() -replace '^(.{{19}}).{{2,}}', '$1…' }} else {{ {ViewColumn.Natural("$last.Data")} }}").Left();

    /// <summary>The script that reads the end of a stream together with those of the listing.</summary>
    private static string EndFor(string column) => $"[{typeof(StreamListing).FullName}]::EndFor('{column}', $_)";
}
