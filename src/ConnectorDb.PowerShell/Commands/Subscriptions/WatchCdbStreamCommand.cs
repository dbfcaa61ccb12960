using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Outputs the datapoints of streams as they arrive.</summary>
[Cmdlet(VerbsCommon.Watch, "CdbStream", DefaultParameterSetName = NewSet)]
[OutputType(typeof(Datapoint))]
public sealed class WatchCdbStreamCommand : SubscribingCdbCmdlet
{
    private SubscriptionQueue? _queue;

    /// <summary>The number of datapoints after which the cmdlet ends.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [GivenArgument]
    public long Count { get; set; }

    /// <summary>The time after which the cmdlet ends.</summary>
    [Parameter]
    [DurationArgument(IsTimeout = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _queue = new SubscriptionQueue(IfGiven(Timeout) ?? System.Threading.Timeout.InfiniteTimeSpan, Cancellation);
    }

    protected override void Process(CdbPath path)
    {
        _queue!.Add(Subscribe(SourceOf(path)));
        WriteVerbose($"Waits for datapoints of '{SourceOf(path)}'{(!Given(nameof(Count)) && !Given(nameof(Timeout)) ? ", until Ctrl+C" : "")}.");
    }

    protected override void End()
    {
        _queue!.Complete();
        long left = IfGiven(Count) ?? long.MaxValue;
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
}
