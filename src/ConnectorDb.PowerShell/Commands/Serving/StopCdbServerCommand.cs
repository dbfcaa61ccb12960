using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Stops servers of this session, all by default, and waits for their end.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CdbServer", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class StopCdbServerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbServer[]? Server { get; set; }

    protected override void Process()
    {
        foreach (CdbServer server in Server ?? RunspaceSession.Current.Servers)
        {
            if (ShouldProcess(server.Url, "Stop the server"))
            {
                server.Dispose();
            }
        }
    }
}
