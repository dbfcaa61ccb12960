using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Module;

/// <summary>
/// Adds the views, the completion in hashtables and a handler that resolves the engine assembly when a runspace imports the module, and
/// removes them when the module is removed. The handler is added and removed once per import.
/// </summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving += EngineLoadContext.Resolve;
        DataValue.ObjectShape = JsonObjectShape.Convert;
        DataValue.ForeignValue = value => value is PSObject ? PowerShellValue.Read(value) : null;
        RunspaceDisplay.Add();
        TabExpansion.Add();
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        RunspaceSession.Close(Runspace.DefaultRunspace);
        TabExpansion.Remove();
        RunspaceDisplay.Remove();
        AssemblyLoadContext.Default.Resolving -= EngineLoadContext.Resolve;
    }
}
