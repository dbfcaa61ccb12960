using System.ComponentModel;
using System.Diagnostics;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Runs a program of the system.</summary>
/// <param name="Allowed">Exit codes besides 0 that are no failure.</param>
internal sealed record RunStep(IReadOnlyList<string> Command, params int[] Allowed) : ServiceStep
{
    public override string Line => (OperatingSystem.IsWindows() ? "" : "sudo ") + string.Join(' ', Command.Select(ShellWord.Of));

    /// <summary>What a program of the system says, with its exit code.</summary>
    /// <exception cref="ServiceException">There is no such program.</exception>
    public static (int Code, string Output, string Error) Ask(params IReadOnlyList<string> command)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output.Trim(), error.GetAwaiter().GetResult().Trim());
        }
        catch (Win32Exception error)
        {
            throw new ServiceException($"'{command[0]}' cannot be run: {error.Message}", command[0], error);
        }
    }

    public override void Do()
    {
        (int code, string output, string error) = Ask(Command);
        if (code != 0 && !Allowed.Contains(code))
        {
            string said = $"{output} {error}".Trim();
            throw new ServiceException($"'{string.Join(' ', Command.Select(ShellWord.Of))}' failed with exit code {code}{(said.Length > 0 ? $": {said}" : " and wrote nothing.")}", Command[0]);
        }
    }
}
