using System.Management.Automation.Runspaces;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>A runspace with the built module.</summary>
internal static class ModuleRunspace
{
    public static Runspace Open(InitialSessionState state)
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Invoke(runspace, $"Import-Module '{Repository.Root}/ConnectorDb.psd1'");
        return runspace;
    }

    public static void Invoke(Runspace runspace, string script)
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(runspace);
        pipeline.AddScript(script).Invoke();
        if (pipeline.Streams.Error.Count > 0)
        {
            throw new InvalidOperationException($"'{script}' failed: {pipeline.Streams.Error[0]}");
        }
    }
}
