using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Reads datapoints of streams by time or index, one object each or as arrays.</summary>
[Cmdlet(VerbsCommon.Get, "CdbDatapoint", DefaultParameterSetName = FirstSet)]
[OutputType(typeof(Datapoint), typeof(DatapointArrays))]
public sealed class GetCdbDatapointCommand : StreamCdbCmdlet
{
    private const string FirstSet = "First";
    private const string LastSet = "Last";
    private const string IndexSet = "Index";

    [Parameter(ParameterSetName = FirstSet)]
    [Parameter(ParameterSetName = LastSet)]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset From { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = FirstSet)]
    [Parameter(ParameterSetName = LastSet)]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset To { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = FirstSet)]
    [Parameter(ParameterSetName = LastSet)]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset Since { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = FirstSet)]
    [ValidateRange(0, long.MaxValue)]
    [GivenArgument]
    public long First { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = LastSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    [GivenArgument]
    public long Last { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = FirstSet)]
    [Parameter(ParameterSetName = LastSet)]
    [ValidateRange(0, long.MaxValue)]
    [GivenArgument]
    public long Skip { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = IndexSet, Mandatory = true)]
    [IndexArgument]
    public IndexSpan[] Index { get; set => field = OfSet(value); } = [];

    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [GivenArgument]
    public long Limit { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Outputs one object per stream with arrays of all times and values, instead of an object per datapoint.</summary>
    [Parameter]
    [Alias("Raw")]
    public SwitchParameter AsArray { get; set; }

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        DataQuery stream = new(source) { Limit = IfGiven(Limit), Transform = Transform };
        StreamRange range = new() { From = StreamRange.Start(IfGiven(From), IfGiven(Since)), To = IfGiven(To), First = IfGiven(First), Last = IfGiven(Last), Skip = IfGiven(Skip), Index = Index };
        IEnumerable<Block> blocks = range.Of(stream, Client, Cancellation).SelectMany(query => Await.Each(Client.ReadAsync(query, Cancellation)));
        if (AsArray)
        {
            WriteObject(DatapointArrays.Of(source, [.. blocks]));
            return;
        }

        foreach (Block block in blocks)
        {
            for (int i = 0; i < block.Count; i++)
            {
                WriteObject(block.At(i, source));
            }
        }
    }
}
