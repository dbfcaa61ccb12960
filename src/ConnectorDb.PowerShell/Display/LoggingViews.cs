using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of loggers, their destinations and results.</summary>
internal static class LoggingViews
{
    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of<CdbLogger>(LoggerTable, LoggerList),
        View.Of<DestinationStatus>(View.Table(
            "Name",
            Column.Property("Pending", "Pending").Right(),
            Column.Property("Sent", "Sent").Right(),
            Column.Property("SetAside", "SetAside").Right(),
            Column.Property("Dropped", "Dropped").Right(),
            Column.LocalTime("LastSuccess", "$_.LastSuccess").Left(),
            Column.Property("LastError", "LastError").Left())),
        View.Of<SyncResult>(View.Table(
            Column.Property("Succeeded", "Succeeded").Left(),
            Column.Property("Sent", "Sent").Right(),
            Column.Property("SetAside", "SetAside").Right(),
            Column.Script("Problems", "$_.Problems -join ' '").Left())),
        View.Of<DeadLetter>(View.Table(
            Column.Property("Number", "Number").Right(),
            "Destination",
            "Channel",
            Column.LocalMilliseconds("Time", "$_.Point.Timestamp").Left(),
            Column.Script("Data", "$_.Point.GetValue().ToString()").Left(),
            Column.Property("Reason", "Reason").Left())),
        View.Of<WaitingEntry>(View.Table(
            "Channel",
            Column.LocalMilliseconds("Time", "$_.Point.Timestamp").Left(),
            Column.Script("Data", "$_.Point.GetValue().ToString()").Left(),
            Column.LocalTime("Written", "$_.Written").Left(),
            Column.Script("Destinations", "$_.Destinations -join ', '").Left())),
        View.Of<SinkSettings>(View.Table("Kind", "Name", "Location")),
    ];

    private static TableControl LoggerTable => View.Table(
        "Path",
        Column.Property("Running", "IsRunning"),
        Column.Script("Cached", "if ($_.IsOpen) { $_.Cached }").Right(),
        Column.Script("Destinations", """if ($_.IsOpen) { ($_.Destinations | ForEach-Object { "$($_.Name): $($_.Pending) pending$(if ($_.Pending -and $_.LastError) { " ($($_.LastError))" })" }) -join ", " }""").Left());

    private static ListControl LoggerList => View.List(
        "Path",
        "Name",
        "IsRunning",
        "SyncPeriod",
        Column.Script("Streams", "$_.Streams -join ', '"),
        Column.Script("Cached", "if ($_.IsOpen) { $_.Cached }"),
        "Data",
        Column.Script("Destinations", $$"""
            if ($_.IsOpen) {
                ($_.Destinations | ForEach-Object {
                    $since = if ($_.OldestPending) { ' since ' + {{Column.Local("$_.OldestPending")}} }
                    $problem = if ($_.LastError) { '; ' + $_.LastError }
                    "$($_.Name) ($($_.Location)): $($_.Pending) pending$since, $($_.Sent) sent, $($_.SetAside) set aside, $($_.Dropped) dropped$problem"
                }) -join [Environment]::NewLine
            }
            """));
}
