using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Merges several streams in time order.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbMerge")]
[OutputType(typeof(Datapoint))]
public sealed class InvokeCdbMergeCommand : ConnectedCdbCmdlet
{
    /// <summary>Selects the view with a column for the stream; the view of plain datapoints groups by stream instead.</summary>
    private const string TypeName = "ConnectorDb.Datapoint#Merged";

    private readonly List<DataQuery> _queries = [];

    /// <summary>Paths, or dictionaries with a path, a range and a transform.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(QueryCompleter))]
    public object[] Stream { get; set; } = [];

    /// <summary>The transform of streams that have no transform of their own.</summary>
    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset From { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset To { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset Since { get; set; }

    protected override void Process()
    {
        QueryArgument queries = new(Client, Cancellation);
        foreach (object given in Stream.SelectMany(Matches))
        {
            foreach (DataQuery query in Demand(() => queries.ReadMany(given, StreamRange.Start(IfGiven(From), IfGiven(Since)), IfGiven(To)), given))
            {
                _queries.Add(query with { Transform = query.Transform ?? Transform });
            }
        }
    }

    /// <summary>The streams that a path with wildcards matches; anything else is itself.</summary>
    private IEnumerable<object> Matches(object given)
        => PowerShellObject.Unwrap(given) is string text && WildcardSearch.HasWildcard(text)
            ? Demand(() => new TreeSearch(Client, Cancellation).Paths(text, CdbPathKind.Stream), given)
            : [given];

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
