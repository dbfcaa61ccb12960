using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>
/// What happens when the module comes and goes, in each runspace: one handler that finds the engine when it is first
/// needed. The handler is added as often as the module is imported, and taken away as often as it is removed.
/// </summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving += EngineLoadContext.Resolve;
        DataValue.ObjectShape = ObjectShape.Of;
        DataValue.ForeignValue = value => value is PSObject ? PowerShellValue.Read(value) : null;
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        Sessions.Session.Close(Runspace.DefaultRunspace);
        AssemblyLoadContext.Default.Resolving -= EngineLoadContext.Resolve;
    }
}
