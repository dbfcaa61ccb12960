using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

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
    public Step Every { get; set => field = OfSet(value); } = new(TimeSpan.Zero, null);

    [Parameter(ParameterSetName = ColumnsSet, Mandatory = true)]
    [ValidateRange(1, ChartQuery.MaxColumns)]
    public int Columns { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = EverySet)]
    [Parameter(ParameterSetName = ColumnsSet)]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set => field = OfSet(value); } = TimeZoneInfo.Local;

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    protected override void Process(CdbPath path)
    {
        DataQuery range = StreamRange.Between(new DataQuery(Downlink ? path.ToDownlink() : path), StreamRange.Start(From, Since), To);
        if (ParameterSetName == WholeSet)
        {
            WriteObject(Await.Result(Client.SummarizeAsync(range, Cancellation)));
            return;
        }

        ChartQuery query = new(range)
        {
            Columns = ParameterSetName == ColumnsSet ? Columns : null,
            Every = ParameterSetName == EverySet && Every.Calendar is null ? Every.Span!.Value.TotalSeconds : null,
            Step = Every.Calendar,
            TimeZone = TimeZones.NameOf(TimeZone),
        };
        foreach (StreamSummary column in Await.Result(Client.ChartAsync(query, Cancellation)))
        {
            PSObject shown = new(column);
            shown.TypeNames.Insert(0, ColumnType);
            WriteObject(shown);
        }
    }
}
