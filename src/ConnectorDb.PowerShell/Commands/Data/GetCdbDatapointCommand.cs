using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Reads datapoints of streams, by time or by index, and hands them out one by one, or as arrays.</summary>
[Cmdlet(VerbsCommon.Get, "CdbDatapoint", DefaultParameterSetName = TimeSet)]
[OutputType(typeof(Datapoint), typeof(DatapointArrays))]
public sealed class GetCdbDatapointCommand : StreamCdbCmdlet
{
    private const string TimeSet = "Time";
    private const string FirstSet = "First";
    private const string LastSet = "Last";
    private const string IndexSet = "Index";

    [Parameter(ParameterSetName = TimeSet)]
    [TimeArgument]
    public DateTimeOffset? From { get; set; }

    [Parameter(ParameterSetName = TimeSet)]
    [TimeArgument]
    public DateTimeOffset? To { get; set; }

    [Parameter(ParameterSetName = TimeSet)]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    [Parameter(ParameterSetName = FirstSet)]
    [ValidateRange(0, long.MaxValue)]
    public long? First { get; set; }

    [Parameter(ParameterSetName = LastSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? Last { get; set; }

    [Parameter(ParameterSetName = FirstSet)]
    [Parameter(ParameterSetName = LastSet)]
    [ValidateRange(0, long.MaxValue)]
    public long? Skip { get; set; }

    [Parameter(ParameterSetName = IndexSet, Mandatory = true)]
    [IndexArgument]
    public IndexRange[] Index { get; set; } = [];

    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Limit { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Arrays of all times and all values, instead of an object for each datapoint.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        DataQuery stream = new(source) { Limit = Limit, Transform = Transform };
        StreamRange range = new() { From = StreamRange.Start(From, Since), To = To, First = First, Last = Last, Skip = Skip, Index = Index };
        IEnumerable<Block> blocks = range.Of(stream).SelectMany(query => Answer.Each(Client.ReadAsync(query, Cancellation)));
        if (Raw)
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
