using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Starts to sync a new or open logger in the background.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbLogger", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(CdbLogger))]
public sealed class StartCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    private const string LoggerSet = "Logger";

    [Parameter(ParameterSetName = LoggerSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger? Logger { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Url { get; set; }

    [Parameter]
    [SecretArgument]
    public SecretText? ApiKey { get; set; }

    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? OnSync { get; set; }

    [Parameter]
    [ValidateNotNull]
    public ScriptBlock? OnSyncFail { get; set; }

    protected override void Process()
    {
        if (!ShouldProcess(Logger?.Path ?? Path, "Start the logger"))
        {
            return;
        }

        if (Logger is null)
        {
            WriteObject(Open(Start));
            return;
        }

        Configure(Logger.Logger);
        Start(Logger);
        WriteObject(Logger);
    }

    private void Start(CdbLogger logger)
    {
        if (Url is not null)
        {
            AddSinks(logger.Logger, [new ConnectorDbSettings
            {
                Url = Url,
                ApiKey = ApiKey,
                UserName = Credential?.UserName,
                Password = Credential is null ? null : new SecretText(Secret.Reveal(Credential.Password)),
            }]);
        }

        Subscribe(logger, OnSync, succeeded: true);
        Subscribe(logger, OnSyncFail, succeeded: false);
        logger.Logger.Start();
    }

    // Events are forwarded to this runspace and run between its commands, so the scripts see its variables.
    private void Subscribe(CdbLogger logger, ScriptBlock? script, bool succeeded)
    {
        if (script is not null)
        {
            ScriptBlock filtered = ScriptBlock.Create($"if ($Event.SourceArgs[1].{nameof(SyncResult.Succeeded)} -eq ${succeeded}) {{ & $Event.MessageData $Event.SourceArgs[1] }}");
            Events.SubscribeEvent(logger, nameof(CdbLogger.Synced), $"ConnectorDb.Logger.{Guid.NewGuid():N}", PSObject.AsPSObject(script), filtered, supportEvent: true, forwardEvent: false);
        }
    }
}
