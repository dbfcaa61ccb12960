using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Merges several streams in time order.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbMerge")]
[OutputType(typeof(Datapoint))]
public sealed class InvokeCdbMergeCommand : TimeRangeCdbCmdlet
{
    /// <summary>Selects the view with a column for the stream; the view of plain datapoints groups by stream instead.</summary>
    private const string TypeName = "ConnectorDb.Datapoint#Merged";

    private readonly List<DataQuery> _queries = [];

    /// <summary>Paths, or dictionaries with a path, a range and a transform.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] Stream { get; set; } = [];

    /// <summary>The transform of streams that have no transform of their own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    protected override void Process()
    {
        foreach (object given in Stream)
        {
            DataQuery query = Demand(() => ReadQuery(given), given);
            _queries.Add(query with { Transform = query.Transform ?? Transform });
        }
    }

    protected override void End()
    {
        foreach (Block block in Await.Each(Client.MergeAsync(_queries, Cancellation)))
        {
            for (int i = 0; i < block.Count; i++)
            {
                PSObject point = new(block.At(i));
                point.TypeNames.Insert(0, TypeName);
                WriteObject(point);
            }
        }
    }
}
