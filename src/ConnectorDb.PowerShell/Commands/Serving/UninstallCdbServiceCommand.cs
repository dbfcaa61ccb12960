using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Stops a service and has the system forget it. Its store and its account stay.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "CdbService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UninstallCdbServiceCommand : ServiceCdbCmdlet
{
    protected override void Process()
    {
        if (!ShouldProcess(Name, "Stop the service and remove it; its data stay"))
        {
            return;
        }

        Platform.Check(Scope);
        if (!ServiceInstaller.Exists(Name, Scope, Force))
        {
            throw new NotFoundException($"There is no service '{Name}' for {(Scope == ServiceScope.AllUsers ? "all users" : "the current user")}.", Name);
        }

        ServiceInstaller.Do(Platform.Uninstall(Name, Scope), Scope, WriteVerbose, WriteWarning);
    }
}
