using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>A cmdlet that handles a service by name.</summary>
public abstract class ServiceCdbCmdlet : CdbCmdlet
{
    /// <summary>Default name of a service.</summary>
    private protected const string DefaultName = "connectordb";

    /// <summary>Names that all systems allow for a service and its account.</summary>
    private protected const string NamePattern = "^[a-z][a-z0-9_-]{0,30}$";

    private protected const string NameAdvice = "'{0}' is not the name of a service. Give up to 31 small letters, digits, - and _, of which the first is a letter, such as connectordb.";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidatePattern(NamePattern, Options = RegexOptions.None, ErrorMessage = NameAdvice)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public virtual string Name { get; set; } = DefaultName;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ServiceScope Scope { get; set; } = ServiceInstaller.Platform.DefaultScope;

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected static IServiceSystem Platform => ServiceInstaller.Platform;
}
