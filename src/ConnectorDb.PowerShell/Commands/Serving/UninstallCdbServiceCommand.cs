using System.Management.Automation;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Stops and removes a service; its store and account stay.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "CdbService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UninstallCdbServiceCommand : ServiceCdbCmdlet
{
    protected override void Process()
    {
        if (!ShouldProcess(Name, "Stop and remove the service; its data stay"))
        {
            return;
        }

        Platform.Check(Scope);
        if (!ServiceInstaller.Exists(Name, Scope, Force))
        {
            throw new NotFoundException($"There is no service '{Name}' for {(Scope == ServiceScope.AllUsers ? "all users" : "the current user")}.", Name);
        }

        ServiceInstaller.Run(Platform.Uninstall(Name, Scope), Scope, WriteVerbose, WriteWarning);
    }
}
