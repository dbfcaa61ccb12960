using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>
/// Prepares a runspace when it imports the module: its views, and a handler that finds the engine when it is first needed.
/// Removing the module undoes both. The handler is added and removed once per import.
/// </summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        AssemblyLoadContext.Default.Resolving += EngineLoadContext.Resolve;
        DataValue.ObjectShape = ObjectShape.Of;
        DataValue.ForeignValue = value => value is PSObject ? PowerShellValue.Read(value) : null;
        RunspaceDisplay.Add();
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        Sessions.Session.Close(Runspace.DefaultRunspace);
        RunspaceDisplay.Remove();
        AssemblyLoadContext.Default.Resolving -= EngineLoadContext.Resolve;
    }
}
