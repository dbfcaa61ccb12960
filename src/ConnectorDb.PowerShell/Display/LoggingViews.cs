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
            ViewColumn.Property("Pending", "Pending").Right(),
            ViewColumn.Property("Sent", "Sent").Right(),
            ViewColumn.Property("SetAside", "SetAside").Right(),
            ViewColumn.Property("Dropped", "Dropped").Right(),
            ViewColumn.LocalTime("LastSuccess", "$_.LastSuccess").Left(),
            ViewColumn.Property("LastError", "LastError").Left())),
        View.Of<SyncResult>(View.Table(
            ViewColumn.Property("Succeeded", "Succeeded").Left(),
            ViewColumn.Property("Sent", "Sent").Right(),
            ViewColumn.Property("SetAside", "SetAside").Right(),
            ViewColumn.Script("Problems", "$_.Problems -join ' '").Left())),
        View.Of<DeadLetter>(View.Table(
            ViewColumn.Property("Number", "Number").Right(),
            "Destination",
            "Channel",
            ViewColumn.LocalMilliseconds("Timestamp", "$_.Point.Timestamp").Left(),
            ViewColumn.Script("Data", "$_.Point.GetValue().ToString()").Left(),
            ViewColumn.Property("Reason", "Reason").Left())),
        View.Of<WaitingEntry>(View.Table(
            "Channel",
            ViewColumn.LocalMilliseconds("Time", "$_.Point.Timestamp").Left(),
            ViewColumn.Script("Data", "$_.Point.GetValue().ToString()").Left(),
            ViewColumn.LocalTime("Written", "$_.Written").Left(),
            ViewColumn.Script("Destinations", "$_.Destinations -join ', '").Left())),
        View.Of<LogChannel>(View.Table("Name", "Kind", "Schema", ViewColumn.Script("Fields", "[string] $_.Fields").Left(), ViewColumn.Script("Tags", "[string] $_.Tags").Left(), "Description")),
        View.Of<SinkSettings>(View.Table("Kind", "Name", "Location")),
    ];

    private static TableControl LoggerTable => View.Table(
        "Path",
        "IsRunning",
        ViewColumn.Script("Cached", "if ($_.IsOpen) { $_.Cached }").Right(),
        ViewColumn.Script("Destinations", """if ($_.IsOpen) { ($_.Destinations | ForEach-Object { "$($_.Name): $($_.Pending) pending$(if ($_.SetAside) { ", $($_.SetAside) set aside" })$(if ($_.Pending -and $_.LastError) { " ($($_.LastError))" })" }) -join ", " }""").Left());

    private static ListControl LoggerList => View.List(
        "Path",
        "Name",
        "IsRunning",
        "SyncPeriod",
        ViewColumn.LocalTime("LastSync", "($_.IsOpen ? $_.LastSync : $null)"),
        ViewColumn.Script("Streams", "$_.Streams -join ', '"),
        ViewColumn.Script("Cached", "if ($_.IsOpen) { $_.Cached }"),
        "Data",
        ViewColumn.Script("Destinations", $$"""
            if ($_.IsOpen) {
                ($_.Destinations | ForEach-Object {
                    $since = if ($_.OldestPending) { ' since ' + {{ViewColumn.Local("$_.OldestPending")}} }
                    $problem = if ($_.LastError) { '; ' + $_.LastError }
                    "$($_.Name) ($($_.Location)): $($_.Pending) pending$since, $($_.Sent) sent, $($_.SetAside) set aside, $($_.Dropped) dropped$problem"
                }) -join [Environment]::NewLine
            }
            """));
}
