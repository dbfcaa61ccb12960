using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.Help.Metadata;

/// <summary>The built module, loaded to ask its cmdlets for their parameters.</summary>
internal sealed class BuiltModule : IDisposable
{
    private readonly Runspace _runspace;

    /// <exception cref="InvalidOperationException">The module does not load; the message says why.</exception>
    public BuiltModule(string manifest)
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException problem)
        {
            _runspace.Dispose();
            throw new InvalidOperationException($"{manifest} does not load; build the solution first. {problem.Message}", problem);
        }
    }

    public IReadOnlyList<CmdletInfo> Cmdlets()
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddCommand("Get-Command").AddParameter("Module", "ConnectorDb").AddParameter("CommandType", CommandTypes.Cmdlet);
        return [.. shell.Invoke<CmdletInfo>().OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _runspace.Dispose();
}
