using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Stops servers of this session, all by default, and waits for their end.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbServer", SupportsShouldProcess = true)]
[OutputType(typeof(void), typeof(CdbServer))]
public sealed class StopCdbServerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbServer>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbServer>))]
    public CdbServer[]? Server { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        IReadOnlyList<CdbServer> servers = Server ?? RunspaceSession.Current.Servers;
        if (Server is null && servers.Count == 0)
        {
            WriteWarning("No server of this session is running, so nothing was stopped.");
        }

        if (Server is [])
        {
            ReportNoMatch("running server", null, "Get-CdbServer");
        }

        foreach (CdbServer server in servers)
        {
            if (ShouldProcess(server.Url, "Stop the server"))
            {
                server.Dispose();
                WriteVerbose($"Stopped the server at {server.Url}.");
                if (PassThru)
                {
                    WriteObject(server);
                }
            }
        }
    }
}
