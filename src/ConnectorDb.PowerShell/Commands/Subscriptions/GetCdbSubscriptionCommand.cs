using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Lists the subscriptions of this runspace with their counters and errors.</summary>
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
            WriteEach(RunspaceSession.Current.Subscriptions);
        }
        else
        {
            ForEach(Id, id => WriteObject(RunspaceSession.Current.Subscription(id)));
        }
    }
}
