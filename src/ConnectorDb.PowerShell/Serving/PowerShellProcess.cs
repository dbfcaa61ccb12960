using System.Management.Automation;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>Runs the server in a process of the current PowerShell by <see cref="StartupHook"/>; see docs/design/078-server-runtime.md.</summary>
internal static class PowerShellProcess
{
    /// <summary>The hook and the settings of ConnectorDb.Server.runtimeconfig.json, which PowerShell does not read. Numbers are hexadecimal.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(PowerShellProcess).Assembly.Location,
        ["DOTNET_GCGen0MaxBudget"] = "400000",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
    };

    /// <summary>The program, and its library when it is the .NET tool; null when another program hosts PowerShell.</summary>
    public static IReadOnlyList<string>? Command
    {
        get
        {
            string home = Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!;
            string[] command = DotNet.OfThisProcess is { } root
                ? [DotNet.Program(root), Path.Combine(home, "pwsh.dll")]
                : [Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")];
            return command.All(File.Exists) ? command : null;
        }
    }
}
