using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Stops and removes a service; its store and account stay.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "CdbService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UninstallCdbServiceCommand : ServiceCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(NamePattern, Options = RegexOptions.None, ErrorMessage = NameAdvice)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public override string Name { get; set; } = DefaultName;

    protected override void Process()
    {
        Platform.Check(Scope);
        if (!ServiceInstaller.Exists(Name, Scope, Force))
        {
            throw new NotFoundException($"There is no service '{Name}' for {(Scope == ServiceScope.AllUsers ? "all users" : "the current user")}.", Name);
        }

        if (ShouldProcess(Name, "Stop and remove the service; its data stay"))
        {
            ServiceInstaller.Run(Platform.Uninstall(Name, Scope), Scope, WriteVerbose, WriteWarning);
            WriteVerbose($"Removed the service '{Name}'. Its store stays.");
        }
    }
}
