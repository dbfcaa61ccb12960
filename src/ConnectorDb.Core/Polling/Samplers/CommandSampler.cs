using System.ComponentModel;
using System.Diagnostics;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the output of a command. At the time limit the command is killed with all its child processes.</summary>
[Sampler("exec.value", "What a command writes: a number, JSON, or a text.", Argument = "Command line for the shell (sh, on Windows cmd).")]
internal sealed class CommandSampler(SamplerContext context) : Sampler(context)
{
    private readonly string _command = context.RequiredArgument;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        using Process process = Start();
        try
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            DataValue value = process.ExitCode == 0
                ? TextValue.Read(output)
                : throw Failure(process.ExitCode, TextValue.Shorten(await errors.ConfigureAwait(false)));
            return TextValue.FaultOf(value) is { } fault ? throw NoValue($"'{_command}' wrote {fault}") : value;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private SampleException Failure(int exitCode, string errors)
        => NoValue($"'{_command}' ended with exit code {exitCode}" + (errors.Length > 0 ? $": {errors}" : " and wrote nothing to standard error."));

    private Process Start()
    {
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (OperatingSystem.IsWindows())
        {
            start.Arguments = $"/d /s /c \"{_command}\"";
        }
        else
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(_command);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw NoValue($"'{_command}' could not be started: {error.Message}", error);
        }
    }
}
