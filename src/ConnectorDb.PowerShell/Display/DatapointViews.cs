using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Views of datapoints: single, merged and in arrays, and their summaries.</summary>
internal static class DatapointViews
{
    // The value of an array or an object is shown as JSON.
    private static readonly ViewColumn s_time = ViewColumn.LocalMilliseconds("Time", "$_.Timestamp");
    private static readonly ViewColumn s_data = ViewColumn.Script("Data",
        $"if ($_ -is [ConnectorDb.Datapoint] -and $_.GetValue().Kind -in 'Array', 'Object') {{ $_.GetValue().ToString() }} else {{ {ViewColumn.Invariant("$_.Data")} }}").Left();

    public static IEnumerable<ExtendedTypeDefinition> All =>
    [
        View.Of("ConnectorDb.Datapoint#Merged", View.Table(s_time, "Stream", s_data)),
        View.Of<Datapoint>(ByStream(View.Table(s_time, s_data))),
        View.Of<DatapointArrays>(View.Table(
            "Stream",
            "Count",
            ViewColumn.Script("Values", "$_.Values.GetType().Name"),
            ViewColumn.LocalTime("First", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[0]) }"),
            ViewColumn.LocalTime("Last", "if ($_.Count) { [ConnectorDb.UnixTime]::ToDateTimeOffset($_.Timestamps[-1]) }"))),
        View.Of("ConnectorDb.StreamSummary#Column", ByStream(View.Table(
            ViewColumn.ZonedTime("From", "$_.From"),
            ViewColumn.Property("Count", "Count") with { Width = 11, Alignment = Alignment.Right },
            Number("Minimum"),
            Number("Mean"),
            Number("Maximum")))),
        View.Of<StreamSummary>(View.Table(
            "Stream",
            ViewColumn.Property("Count", "Count").Right(),
            Number("Minimum"),
            Number("Mean"),
            Number("Maximum"),
            ViewColumn.LocalTime("First", "$_.First"),
            ViewColumn.LocalTime("Last", "$_.Last"))),
    ];

    /// <summary>A number with digits and signs that parameters take, in every culture: all digits, or ten or six where a table would cut them off.</summary>
    private static ViewColumn Number(string property) =>
        ViewColumn.Script(property, $"$number = $_.PSBase.{property}; if ($null -ne $number) {{ foreach ($format in 'R', 'G10', 'G6') {{ $text = $number.ToString($format, [cultureinfo]::InvariantCulture); if ($text.Length -le 13) {{ break }} }}; $text }}") with { Width = 13, Alignment = Alignment.Right };

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
