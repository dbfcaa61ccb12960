using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Computes the count, minimum, maximum, sum and mean of streams, as a whole or in columns of time, without reading each datapoint.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CdbStream", DefaultParameterSetName = WholeSet)]
[OutputType(typeof(StreamSummary))]
public sealed class MeasureCdbStreamCommand : StreamCdbCmdlet
{
    /// <summary>Selects the view of columns; that of whole ranges has a row for each stream.</summary>
    private const string ColumnType = "ConnectorDb.StreamSummary#Column";

    private const string WholeSet = "Whole";
    private const string EverySet = "Every";
    private const string ColumnsSet = "Columns";

    [Parameter(ParameterSetName = EverySet, Mandatory = true)]
    [StepArgument]
    [ArgumentCompleter(typeof(StepCompleter))]
    public Step? Every { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ColumnsSet, Mandatory = true)]
    [ValidateRange(1, ChartQuery.MaxColumns)]
    public int Columns { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = EverySet)]
    [Parameter(ParameterSetName = ColumnsSet)]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set => field = OfSet(value); } = TimeZoneInfo.Local;

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? From { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? To { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? Since { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    protected override void Process(CdbPath path)
    {
        DataQuery range = StreamRange.Between(new DataQuery(Downlink ? path.ToDownlink() : path), StreamRange.Start(TimeOf(From), TimeOf(Since)), TimeOf(To));
        if (Every is null && Columns == 0)
        {
            WriteObject(Await.Result(Client.SummarizeAsync(range, Cancellation)));
            return;
        }

        ChartQuery query = Every is null || Columns == 0 ? ChartColumns.Of(range, Every, Columns, TimeZone)
            : throw new InvalidRangeException("-Every and -Columns both divide the range. Give only one of them.", path);
        WriteEach(Await.Result(Client.ChartAsync(query, Cancellation)).Select(Zoned));
    }

    /// <summary>The column with its times in the zone, and with the view of columns.</summary>
    private PSObject Zoned(StreamSummary column)
    {
        PSObject shown = new(column);
        shown.TypeNames.Insert(0, ColumnType);
        AddTime("From", column.FromT, column.From);
        AddTime("To", column.ToT, column.To);
        AddTime("First", column.FirstT, column.First);
        AddTime("Last", column.LastT, column.Last);
        return shown;

        void AddTime(string name, double? t, DateTimeOffset? time)
            => shown.Properties.Add(new PSNoteProperty(name, time is { } given ? InvariantText.Of(t!.Value, TimeZoneInfo.ConvertTime(given, TimeZone)) : null), preValidated: true);
    }

    private DateTimeOffset? TimeOf(object? given) => ZonedTimeArgumentAttribute.Read(given, TimeZone);
}
