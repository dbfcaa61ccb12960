using System.Diagnostics;
using System.Reflection;

namespace ConnectorDb.Testing;

/// <summary>The real pwsh in a process of its own: the .NET tool, or the program that the variable CONNECTORDB_PWSH names.</summary>
public static class Pwsh
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly string s_assembly = Path.Combine(
        typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Pwsh").Value!,
        OperatingSystem.IsWindows() ? "win" : "unix",
        "pwsh.dll");

    /// <summary>The program and the first arguments of a pwsh without a profile.</summary>
    /// <remarks>A shell makes its background processes ignore SIGINT, and their children inherit that; GNU env restores the default.</remarks>
    public static string[] Command { get; } =
    [
        .. OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : Array.Empty<string>(),
        .. Environment.GetEnvironmentVariable("CONNECTORDB_PWSH") is { Length: > 0 } program ? [program] : new[] { "dotnet", s_assembly },
        "-NoProfile",
        "-ExecutionPolicy", "Bypass",
    ];

    /// <summary>Starts a script that can use the module; the caller ends the process.</summary>
    public static Process StartWithModule(string script) => Start("-NonInteractive", "-Command", $"Import-Module '{Repository.Manifest}'; {script}");

    /// <summary>Runs a script that can use the module.</summary>
    public static PwshExit RunWithModule(string script)
    {
        using var process = StartWithModule(script);
        return End(process);
    }

    /// <summary>Starts pwsh; the caller ends the process.</summary>
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Repository.Root,
        Environment = { ["NO_COLOR"] = "1" },
    })!;

    /// <summary>Waits for the end of a process, without input.</summary>
    /// <exception cref="TimeoutException">It did not end in time and was killed.</exception>
    public static PwshExit End(Process process, TimeSpan? patience = null)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience ?? s_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pwsh did not end. Output: {output.Result} Error: {error.Result}");
        }

        return new PwshExit(process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>Exit code and output of pwsh.</summary>
public sealed record PwshExit(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
