using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>A cmdlet that subscribes to streams or their downlinks: from now on, or from an earlier datapoint.</summary>
public abstract class SubscribingCdbCmdlet : StreamCdbCmdlet
{
    private protected const string NewSet = "New";
    private const string LastSet = "Last";
    private const string IndexSet = "Index";

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>The number of stored datapoints that come first.</summary>
    [Parameter(ParameterSetName = LastSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    [GivenArgument]
    public long Last { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = IndexSet, Mandatory = true)]
    [ValidateRange(0, long.MaxValue)]
    [GivenArgument]
    public long FromIndex { get; set => field = OfSet(value); }

    /// <summary>The stream, or its downlink.</summary>
    private protected CdbPath SourceOf(CdbPath stream) => Downlink ? stream.ToDownlink() : stream;

    private protected ISubscription Subscribe(CdbPath source)
        => Await.Result(Client.SubscribeAsync(new SubscriptionQuery(source) { Transform = Transform, FromIndex = Start(source) }, Cancellation));

    private long? Start(CdbPath source)
        => IfGiven(Last) is { } last ? Math.Max(0, Await.Result(Client.CountAsync(source, Cancellation)) - last) : IfGiven(FromIndex);
}
