using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Commands.Subscriptions;

/// <summary>Runs an action in the background with what arrives in streams.</summary>
[Cmdlet(VerbsLifecycle.Register, "CdbSubscription", SupportsShouldProcess = true)]
[OutputType(typeof(CdbSubscription))]
public sealed class RegisterCdbSubscriptionCommand : StreamCdbCmdlet
{
    /// <summary>Run with the path and the datapoints of each batch, and the subscription itself.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public ScriptBlock Action { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>Subscribes to what is asked of the stream; what the action answers goes into the stream.</summary>
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? FromIndex { get; set; }

    private CdbConnection Used => Connection ?? Session.Current.Default!;

    protected override void Process(CdbPath path)
    {
        CdbPath source = Downlink ? path.ToDownlink() : path;
        if (!ShouldProcess(source.ToString(), "Register subscription"))
        {
            return;
        }

        if (source.IsDownlink && Client.Identity != source.Parent)
        {
            WriteWarning($"'{Client.Identity}' is told of what is asked of '{path}', but cannot answer: only '{path.Parent}' writes it.");
        }

        ActionRunspace runspace = new(Action.ToString(), UsingValues.Of(Action, SessionState), MyInvocation.MyCommand.Module.Path, Host, Used);
        ISubscription subscription = Answer.Of(Client.SubscribeAsync(new SubscriptionQuery(source) { Transform = Transform, FromIndex = FromIndex }, Cancellation));
        CdbSubscription registered = new(Used, subscription, runspace, Action.ToString().Trim());
        Session.Current.Add(registered);
        WriteObject(registered);
    }
}
