using System.Management.Automation.Runspaces;

namespace ConnectorDb.Benchmarks.Cmdlets;

/// <summary>A runspace with the built module.</summary>
internal static class ModuleRunspace
{
    public static Runspace Open(InitialSessionState state)
    {
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Invoke(runspace, $"Import-Module '{Manifest()}'");
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

    private static string Manifest()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string manifest = Path.Combine(at.FullName, "ConnectorDb.psd1");
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new FileNotFoundException("The benchmark does not lie in the repository.", "ConnectorDb.psd1");
    }
}
