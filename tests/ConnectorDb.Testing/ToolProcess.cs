using System.Diagnostics;

namespace ConnectorDb.Testing;

/// <summary>Programs that run to their end.</summary>
public static class ToolProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program with its arguments. Returns its output; a test whose program fails, fails with its errors.</summary>
    public static async Task<string> RunAsync(params string[] command)
    {
        using Process process = Start(command);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts a program, which waits for its input.</summary>
    public static Process Start(params string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    })!;

    /// <summary>Waits for the end of a program. Returns its output.</summary>
    public static async Task<string> EndAsync(Process process)
    {
        using CancellationTokenSource patience = new(s_patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
