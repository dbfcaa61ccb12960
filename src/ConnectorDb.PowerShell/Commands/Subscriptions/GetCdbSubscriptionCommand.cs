using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Lists the subscriptions of this runspace, and how they fare.</summary>
[Cmdlet(VerbsCommon.Get, "CdbSubscription")]
[OutputType(typeof(CdbSubscription))]
public sealed class GetCdbSubscriptionCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public int[]? Id { get; set; }

    protected override void Process()
    {
        if (Id is null)
        {
            foreach (CdbSubscription subscription in Session.Current.Subscriptions)
            {
                WriteObject(subscription);
            }

            return;
        }

        foreach (int id in Id)
        {
            Try(() => WriteObject(Session.Current.Subscription(id)), id);
        }
    }
}
