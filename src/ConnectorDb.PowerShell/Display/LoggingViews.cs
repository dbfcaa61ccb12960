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
        View.Of<DestinationStatus>(View.WrappedTable(
            ViewColumn.Property("Name", "Name") with { Width = 12 },
            ViewColumn.Property("Pending", "Pending").Right() with { Width = 7 },
            ViewColumn.Property("Sent", "Sent").Right() with { Width = 8 },
            ViewColumn.Property("SetAside", "SetAside").Right() with { Width = 8 },
            ViewColumn.Property("Dropped", "Dropped").Right() with { Width = 7 },
            ViewColumn.LocalTime("LastSuccess", "$_.LastSuccess").Left() with { Width = 11 },
            ViewColumn.Property("LastError", "LastError").Left())),
        View.Of<SyncResult>(View.WrappedTable(
            ViewColumn.Property("Succeeded", "Succeeded").Left() with { Width = 9 },
            ViewColumn.Property("Sent", "Sent").Right() with { Width = 8 },
            ViewColumn.Property("SetAside", "SetAside").Right() with { Width = 8 },
            ViewColumn.Script("Problems", "$_.Problems -join ' '").Left())),
        View.Of<DeadLetter>(View.WrappedTable(
            ViewColumn.Property("Number", "Number").Right() with { Width = 6 },
            ViewColumn.Property("Destination", "Destination") with { Width = 11 },
            ViewColumn.Property("Channel", "Channel") with { Width = 12 },
            ViewColumn.LocalMilliseconds("Timestamp", "$_.Point.Timestamp").Left() with { Width = 12 },
            ViewColumn.Script("Data", "$_.Point.GetValue().ToString()").Left() with { Width = 10 },
            ViewColumn.Property("Reason", "Reason").Left())),
        View.Of<WaitingEntry>(View.WrappedTable(
            ViewColumn.Property("Channel", "Channel") with { Width = 15 },
            ViewColumn.LocalMilliseconds("Time", "$_.Point.Timestamp").Left(),
            ViewColumn.Script("Data", "$_.Point.GetValue().ToString()").Left() with { Width = 14 },
            ViewColumn.LocalTime("Written", "$_.Written").Left() with { Width = 11 },
            ViewColumn.Script("Destinations", "$_.Destinations -join ', '").Left())),
        View.Of<LogChannel>(View.WrappedTable(
            ViewColumn.Property("Name", "Name") with { Width = 16 },
            ViewColumn.Property("Kind", "Kind") with { Width = 11 },
            ViewColumn.Property("Schema", "Schema") with { Width = 15 },
            ViewColumn.Script("Fields", "[string] $_.Fields").Left() with { Width = 11 },
            ViewColumn.Script("Tags", "[string] $_.Tags").Left() with { Width = 8 },
            "Description")),
        View.Of<SinkSettings>(View.Table("Kind", "Name", "Location")),
    ];

    private static TableControl LoggerTable => View.WrappedTable(
        ViewColumn.Property("Path", "Path") with { Width = 36 },
        ViewColumn.Property("IsRunning", "IsRunning") with { Width = 9 },
        ViewColumn.Script("Cached", "if ($_.IsOpen) { $_.Cached }").Right() with { Width = 7 },
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
