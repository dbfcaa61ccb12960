using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Ends subscriptions.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "CdbSubscription", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class UnregisterCdbSubscriptionCommand : CdbCmdlet
{
    private const string ObjectSet = "Object";
    private const string IdSet = "Id";

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public CdbSubscription[] Subscription { get; set; } = [];

    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0)]
    public int[] Id { get; set; } = [];

    protected override void Process()
    {
        ForEach(Id, id => End(RunspaceSession.Current.Subscription(id)));
        ForEach(Subscription, End);
    }

    private void End(CdbSubscription subscription)
    {
        if (ShouldProcess(subscription.ToString(), "Unregister subscription"))
        {
            subscription.Dispose();
        }
    }
}
