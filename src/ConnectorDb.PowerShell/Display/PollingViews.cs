using System.Management.Automation;
using ConnectorDb.Polling;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of pollers, poll items and samplers.</summary>
internal static class PollingViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbPoller>(View.Table(
            "Path",
            Column.Property("Running", "IsRunning"),
            Status("Items"),
            Status("Values"),
            Status("Errors"),
            Status("Missed"),
            Status("Waiting"),
            Column.Script("Lag99 (ms)", "[math]::Round($_.Status.Lag99.TotalMilliseconds, 1)").Right(),
            Status("Unwritten"))),
        View.Of<PollItemStatus>(View.Table(
            "Name",
            "Key",
            "Argument",
            Column.Property("Interval", "Interval").Right(),
            Column.Property("Values", "Values").Right(),
            Column.Property("Errors", "Errors").Right(),
            Column.Property("Missed", "Missed").Right(),
            Column.Script("LastValue",
                """if ($null -ne $_.LastValue -and -not $_.IsFailing) { ($_.LastValue -is [double] ? $_.LastValue.ToString('G6') : "$($_.LastValue)") -replace '^(.{8}).{2,}', '$1…' }"""),
            Column.Script("LastError", "if ($_.NotAvailable) { $_.NotAvailable } else { $_.LastError }"))),
        View.Of<PollItem>(View.Table("Name", "Key", "Argument", Column.Property("Interval", "Interval").Right(), "Stream", "Unit")),
        View.Of<SamplerInfo>(View.Table("Key", Column.Property("Available", "IsAvailable"), "Unit", "Description", "Argument")),
    ];

    private static Column Status(string property) => Column.Script(property, $"$_.Status.{property}").Right();
}
