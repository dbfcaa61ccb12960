using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of datapoints: single, merged and in arrays, and their summaries.</summary>
internal static class DatapointViews
{
    // The value of an array or an object is shown as JSON.
    private static readonly Column s_time = Column.LocalMilliseconds("Time", "$_.Timestamp");
    private static readonly Column s_data = Column.Script("Data",
        "if ($_ -is [ConnectorDb.Datapoint] -and $_.GetValue().Kind -in 'Array', 'Object') { $_.GetValue().ToString() } else { $_.Data }").Left();

    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of("ConnectorDb.Datapoint#Merged", View.Table(s_time, "Stream", s_data)),
        View.Of<Datapoint>(ByStream(View.Table(s_time, s_data))),
        View.Of<DatapointArrays>(View.Table(
            "Stream",
            "Count",
            Column.Script("Values", "$_.Values.GetType().Name"),
            Column.LocalTime("First", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[0]) }"),
            Column.LocalTime("Last", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[-1]) }"))),
        View.Of<StreamSummary>(View.Table(
            "Stream",
            "Count",
            Number("Minimum"),
            Number("Mean") with { Format = "{0:G6}" },
            Number("Maximum"),
            Column.LocalTime("First", "$_.First"),
            Column.LocalTime("Last", "$_.Last"))),
    ];

    /// <summary>A number without the text for files, so that the format applies.</summary>
    private static Column Number(string property) => Column.Script(property, $"$_.PSBase.{property}").Right();

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
