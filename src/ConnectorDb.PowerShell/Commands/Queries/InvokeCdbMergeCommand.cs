using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Reads several streams as one, in the order of time.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbMerge")]
[OutputType(typeof(Datapoint))]
public sealed class InvokeCdbMergeCommand : ConnectedCdbCmdlet
{
    /// <summary>Chooses the view with a column of streams; that of plain datapoints heads each group of one stream.</summary>
    private const string TypeName = "ConnectorDb.Datapoint#Merged";

    private readonly List<DataQuery> _queries = [];

    /// <summary>Paths, or dictionaries of a path and its own range and transform.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] Stream { get; set; } = [];

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    /// <summary>For the streams that have none of their own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    protected override void Process()
    {
        foreach (object given in Stream)
        {
            _queries.Add(Demand(() => Ranged(new QueryArgument(Client.Identity).Read(given)), given));
        }
    }

    protected override void End()
    {
        foreach (Block block in Answer.Each(Client.MergeAsync(_queries, Cancellation)))
        {
            for (int i = 0; i < block.Count; i++)
            {
                PSObject point = new(block.At(i));
                point.TypeNames.Insert(0, TypeName);
                WriteObject(point);
            }
        }
    }

    /// <summary>The query with what is said for all, where it says nothing itself.</summary>
    private DataQuery Ranged(DataQuery query)
    {
        bool isFree = !query.IsByIndex && !query.IsByTime;
        return query with
        {
            T1 = isFree ? StreamRange.After(StreamRange.Start(From, Since)) : query.T1,
            T2 = isFree ? StreamRange.UpTo(To) : query.T2,
            Transform = query.Transform ?? Transform,
        };
    }
}
