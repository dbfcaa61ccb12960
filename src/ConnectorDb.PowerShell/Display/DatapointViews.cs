using System.Management.Automation;
using ConnectorDb.Contracts;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of datapoints: single, merged and in arrays, and their summaries.</summary>
internal static class DatapointViews
{
    // The value of an array or an object is shown as JSON.
    private static readonly ViewColumn s_time = ViewColumn.LocalMilliseconds("Time", "$_.Timestamp");
    private static readonly ViewColumn s_data = ViewColumn.Script("Data",
        $"if ($_ -is [ConnectorDb.Datapoint] -and $_.GetValue().Kind -in 'Array', 'Object') {{ $_.GetValue().ToString() }} else {{ {ViewColumn.Natural("$_.Data")} }}").Left();

    private static readonly ListControl s_list = View.List("Timestamp", s_data, "Stream");
    private static readonly ListControl s_summary = View.List(["Stream", "Count", "First", "Last", "Numbers", .. Array.ConvertAll<string, ViewColumn>(["Minimum", "Maximum", "Sum", "Mean"], name => ViewColumn.Script(name, ViewColumn.Natural($"$_.{name}")))]);

    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of("ConnectorDb.Datapoint#Merged", View.Table(s_time, "Stream", s_data), s_list),
        View.Of<Datapoint>(ByStream(View.Table(s_time, s_data)), s_list),
        View.Of<DatapointArrays>(View.Table(
            "Stream",
            "Count",
            ViewColumn.Script("Values", "$_.Values.GetType().Name"),
            ViewColumn.LocalTime("First", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[0]) }"),
            ViewColumn.LocalTime("Last", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[-1]) }"))),
        View.Of("ConnectorDb.StreamSummary#Column", ByStream(View.Table(
            ViewColumn.ZonedTime("From", "$_.From"),
            ViewColumn.Property("Count", "Count") with { Width = 11, Alignment = Alignment.Right },
            ViewColumn.Number("Minimum"),
            ViewColumn.Number("Mean"),
            ViewColumn.Number("Maximum"))), s_summary),
        View.Of<StreamSummary>(View.WrappedTable(
            ViewColumn.Property("Count", "Count").Right(),
            ViewColumn.Number("Minimum"),
            ViewColumn.Number("Mean"),
            ViewColumn.Number("Maximum"),
            ViewColumn.LocalTime("Last", "$_.Last"),
            "Stream"), s_summary),
        View.Of<AppendResult>(
            View.WrappedTable(
                ViewColumn.Property("Count", "Count").Right() with { Width = 11 },
                ViewColumn.Script("Rejected", "$_.Rejected.Length").Right() with { Width = 8 },
                ViewColumn.Property("Target", "Target") with { Width = 24 },
                ViewColumn.Script("Error", "$_.Error ? $_.Error.Message : $_.Rejected.Length ? $_.Rejected[0].Reason : ''").Left()),
            View.List("Count", "Target", ViewColumn.Script("Rejected", "$_.Rejected -join [Environment]::NewLine"), ViewColumn.Script("Error", "$_.Error.Message"))),
        View.Of<RejectedDatapoint>(View.WrappedTable(ViewColumn.Property("Index", "Index").Right() with { Width = 9 }, "Reason")),
    ];

    private static TableControl ByStream(TableControl table)
    {
        table.GroupBy = new PSControlGroupBy
        {
            Expression = new DisplayEntry("Stream", DisplayEntryValueType.Property),
            CustomControl = CustomControl.Create()
                .StartEntry().AddScriptBlockExpressionBinding("""if ($_.Stream) { "   Stream: $($_.Stream)" }""").EndEntry()
                .EndControl(),
        };
        return table;
    }
}
