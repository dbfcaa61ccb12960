using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Runs an action in the background for each batch of new datapoints of streams.</summary>
[Cmdlet(VerbsLifecycle.Register, "CdbSubscription", SupportsShouldProcess = true)]
[OutputType(typeof(CdbSubscription))]
public sealed class RegisterCdbSubscriptionCommand : StreamCdbCmdlet
{
    /// <summary>The script block; it receives the path and the datapoints of each batch.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock Action { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>Subscribes to the downlink of the stream; the output of the action is written to the stream.</summary>
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? FromIndex { get; set; }

    private CdbConnection Used => Connection ?? RunspaceSession.Current.Default!;

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        if (!ShouldProcess(source.ToString(), "Register subscription"))
        {
            return;
        }

        if (source.IsDownlink && Client.Identity != source.Parent)
        {
            WriteWarning($"'{Client.Identity}' receives the downlink of '{path}', but cannot write to the stream in response; only '{path.Parent}' can.");
        }

        CdbConnection used = Used;
        ActionRunspace runspace = new(Action.ToString(), UsingValues.Of(Action, SessionState), MyInvocation.MyCommand.Module.Path, Host, other => RunspaceSession.Of(other).Lend(used));
        ISubscription subscription = Await.Result(Client.SubscribeAsync(new SubscriptionQuery(source) { Transform = Transform, FromIndex = FromIndex }, Cancellation));
        CdbSubscription registered = new(used, subscription, runspace, Action.ToString().Trim());
        RunspaceSession.Current.Add(registered);
        WriteObject(registered);
    }
}
