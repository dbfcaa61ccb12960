using System.ComponentModel;
using System.Diagnostics;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Runs a program of the system.</summary>
/// <param name="Allowed">Exit codes other than 0 that are not failures.</param>
internal sealed record ProcessStep(IReadOnlyList<string> Command, params int[] Allowed) : ServiceStep
{
    public override string Line => (OperatingSystem.IsWindows() ? "" : "sudo ") + Text;

    private string Text => string.Join(' ', Command.Select(ShellQuoting.Of));

    /// <summary>Runs a program and returns its exit code and standard output.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="allowed">Exit codes other than 0 that are not failures.</param>
    /// <exception cref="ServiceException">The program does not exist, or it failed.</exception>
    public static (int Code, string Output) Query(IReadOnlyList<string> command, params int[] allowed) => new ProcessStep(command, allowed).Execute();

    public override void Run() => Execute();

    private (int Code, string Output) Execute()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Command[0], Command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            string error = errors.GetAwaiter().GetResult();
            return process.ExitCode == 0 || Allowed.Contains(process.ExitCode) ? (process.ExitCode, output) : throw Failure(process.ExitCode, $"{output} {error}".Trim());
        }
        catch (Win32Exception error)
        {
            throw new ServiceException($"'{Command[0]}' cannot be run: {error.Message}", Command[0], error);
        }
    }

    private ServiceException Failure(int code, string written)
        => new($"'{Text}' failed with exit code {code}{(written.Length > 0 ? $": {written}" : " and wrote nothing.")}", Command[0]);
}
