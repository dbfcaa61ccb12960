using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that speaks of a service by its name.</summary>
public abstract class ServiceCdbCmdlet : CdbCmdlet
{
    /// <summary>What a service is called when nothing is said.</summary>
    private protected const string DefaultName = "connectordb";

    /// <summary>What all systems take as the name of a service and of its account.</summary>
    private protected const string NamePattern = "^[a-z][a-z0-9_-]{0,30}$";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(NamePattern, Options = RegexOptions.None)]
    public string Name { get; set; } = DefaultName;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ServiceScope Scope { get; set; } = ServiceInstaller.Platform.DefaultScope;

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected static IServiceSystem Platform => ServiceInstaller.Platform;
}
