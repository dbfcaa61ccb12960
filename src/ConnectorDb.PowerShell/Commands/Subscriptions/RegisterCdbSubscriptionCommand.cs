using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Runs an action in the background for each batch of new datapoints of streams.</summary>
[Cmdlet(VerbsLifecycle.Register, "CdbSubscription", SupportsShouldProcess = true, DefaultParameterSetName = NewSet)]
[OutputType(typeof(CdbSubscription))]
public sealed class RegisterCdbSubscriptionCommand : SubscribingCdbCmdlet
{
    /// <summary>The script block; it receives the path and the datapoints of each batch.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [NonNull]
    public ScriptBlock Action { get; set; } = null!;

    private CdbConnection Used => Connection ?? RunspaceSession.Current.Default!;

    protected override void Process(CdbPath path)
    {
        CdbPath source = SourceOf(path);
        if (!ShouldProcess(source.ToString(), "Register subscription", () => Check(path, source)))
        {
            return;
        }

        if (source.IsDownlink && Client.Identity != source.Parent)
        {
            WriteWarning($"'{Client.Identity}' receives the downlink of '{path}', but cannot write to the stream in response; only '{path.Parent}' can.");
        }

        CdbConnection used = Used;
        BackgroundScript action = Background(Action, used);
        CdbSubscription registered = new(used, Subscribe(source), action);
        RunspaceSession.Current.Add(registered);
        WriteVerbose($"Runs the action of subscription {registered.Id} for new datapoints of '{source}'.");
        WriteObject(registered);
    }

    /// <summary>Subscribes and ends the subscription, so that an invalid transform is found.</summary>
    private void Check(CdbPath path, CdbPath source)
    {
        Find(path);
        Await.Completion(Subscribe(source).DisposeAsync());
    }
}
