using System.Diagnostics;

namespace ConnectorDb.PowerShell.Tests.Hosting;

/// <summary>The built shell as a process of its own.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs it to its end, with nothing to read on standard input.</summary>
    public static ShellExit Run(params string[] arguments) => RunWithInput("", arguments);

    public static ShellExit RunWithInput(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return End(process);
    }

    /// <summary>
    /// What starts it. Whoever is started in the background is deaf to Ctrl+C, and so are his children; GNU env gives them their
    /// ears back.
    /// </summary>
    public static string[] Command => OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", Repository.Shell] : ["dotnet", Repository.Shell];

    /// <summary>Starts it; the caller ends it.</summary>
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Repository.Root,
    })!;

    /// <summary>Waits until it is over.</summary>
    public static ShellExit End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The shell did not end. Output: {output.Result} Error: {error.Result}");
        }

        return new ShellExit(process.ExitCode, output.Result, error.Result);
    }
}

/// <summary>How the shell ended, and what it wrote.</summary>
internal sealed record ShellExit(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
