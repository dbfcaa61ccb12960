using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Subscriptions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Outputs the datapoints of streams as they arrive.</summary>
[Cmdlet(VerbsCommon.Watch, "CdbStream", DefaultParameterSetName = NewSet)]
[OutputType(typeof(Datapoint))]
public sealed class WatchCdbStreamCommand : StreamCdbCmdlet
{
    private const string NewSet = "New";
    private const string LastSet = "Last";
    private const string IndexSet = "Index";
    private SubscriptionQueue? _queue;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>The number of datapoints after which the cmdlet ends.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>The time after which the cmdlet ends.</summary>
    [Parameter]
    [DurationArgument(IsTimeout = true)]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The number of stored datapoints that come first.</summary>
    [Parameter(ParameterSetName = LastSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? Last { get; set; }

    [Parameter(ParameterSetName = IndexSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    public long? FromIndex { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _queue = new SubscriptionQueue(Timeout ?? System.Threading.Timeout.InfiniteTimeSpan, Cancellation);
    }

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        SubscriptionQuery query = new(source) { Transform = Transform, FromIndex = Start(source) };
        ISubscription subscription = Await.Result(Client.SubscribeAsync(query, Cancellation));
        _queue!.Add(subscription);
    }

    protected override void End()
    {
        _queue!.Complete();
        long left = Count ?? long.MaxValue;
        while (left > 0 && _queue.Next() is { } batch)
        {
            if (batch.Error is { } error)
            {
                WriteError(ErrorRecords.Of(error, batch.Stream));
                continue;
            }

            for (int i = 0; i < batch.Points.Count && left > 0; i++, left--)
            {
                WriteObject(batch.Points.At(i, batch.Stream));
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _queue?.Dispose();
        base.Dispose(disposing);
    }

    private long? Start(CdbPath source)
        => Last is { } last ? Math.Max(0, Await.Result(Client.CountAsync(source, Cancellation)) - last) : FromIndex;
}
