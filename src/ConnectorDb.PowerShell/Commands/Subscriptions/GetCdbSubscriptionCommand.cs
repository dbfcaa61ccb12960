using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Lists the subscriptions of this runspace with their counters and errors.</summary>
[Cmdlet(VerbsCommon.Get, "CdbSubscription", DefaultParameterSetName = IdSet)]
[OutputType(typeof(CdbSubscription))]
public sealed class GetCdbSubscriptionCommand : SubscriptionCdbCmdlet
{
    [Parameter(ParameterSetName = IdSet, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public int[]? Id { get; set => field = OfSet(value); }

    protected override void Process()
    {
        if (Stream is null && Id is null)
        {
            WriteEach(RunspaceSession.Current.Subscriptions);
        }

        ForEach(Stream ?? [], stream => WriteEach(Find(stream)));
        ForEach(Id ?? [], id => WriteObject(RunspaceSession.Current.Subscription(id)));
    }
}
