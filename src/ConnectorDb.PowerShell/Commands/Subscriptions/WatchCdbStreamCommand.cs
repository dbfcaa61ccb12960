using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Hands out the datapoints of streams as they arrive.</summary>
[Cmdlet(VerbsCommon.Watch, "CdbStream", DefaultParameterSetName = NewSet)]
[OutputType(typeof(Datapoint))]
public sealed class WatchCdbStreamCommand : StreamCdbCmdlet
{
    private const string NewSet = "New";
    private const string LastSet = "Last";
    private const string IndexSet = "Index";
    private ArrivalQueue? _arrivals;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>How many datapoints to hand out before it ends.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>How long to watch.</summary>
    [Parameter]
    [DurationArgument(IsWait = true)]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>So many of those that are there already come first.</summary>
    [Parameter(ParameterSetName = LastSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? Last { get; set; }

    [Parameter(ParameterSetName = IndexSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? FromIndex { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _arrivals = new ArrivalQueue(Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, Cancellation);
    }

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        SubscriptionQuery query = new(source) { Transform = Transform, FromIndex = Start(source) };
        ISubscription subscription = Answer.Of(Client.SubscribeAsync(query, Cancellation));
        _arrivals!.Add(subscription);
    }

    protected override void End()
    {
        _arrivals!.Complete();
        long left = Count ?? long.MaxValue;
        while (left > 0 && _arrivals.Next() is { } arrival)
        {
            if (arrival.Error is { } error)
            {
                WriteError(ErrorRecords.Of(error, arrival.Stream));
                continue;
            }

            for (int i = 0; i < arrival.Points.Count && left > 0; i++, left--)
            {
                WriteObject(arrival.Points.At(i, arrival.Stream));
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _arrivals?.Dispose();
        base.Dispose(disposing);
    }

    private long? Start(CdbPath source)
        => Last is { } last ? Math.Max(0, Answer.Of(Client.CountAsync(source, Cancellation)) - last) : FromIndex;
}
