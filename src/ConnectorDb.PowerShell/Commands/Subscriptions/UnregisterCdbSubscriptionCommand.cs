using System.Management.Automation;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Ends subscriptions.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CdbSubscription", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(void))]
public sealed class UnregisterCdbSubscriptionCommand : SubscriptionCdbCmdlet
{
    private const string ObjectSet = "Object";

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbSubscription>))]
    public CdbSubscription[]? Subscription { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public int[]? Id { get; set => field = OfSet(value); }

    protected override void Process()
    {
        ForEach(Stream ?? [], stream =>
        {
            CdbSubscription[] found = Find(stream);
            if (found.Length == 0)
            {
                ReportNoMatch("subscribed stream", stream, "Get-CdbSubscription");
            }

            ForEach(found, End);
        });
        ForEach(Id ?? [], id => End(RunspaceSession.Current.Subscription(id)));
        ForEach(Subscription ?? [], End);
    }

    private void End(CdbSubscription subscription)
    {
        if (ShouldProcess(subscription.ToString(), "Unregister subscription"))
        {
            subscription.Dispose();
            WriteVerbose($"Ended subscription {subscription.Id} after {CountText.Of(subscription.Delivered, "datapoint")}.");
        }
    }
}
