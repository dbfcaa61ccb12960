using System.ComponentModel;
using System.Diagnostics;

namespace ConnectorDb.Core.Polling;

/// <summary>The result of a program of the system that a sampler asks. At the time limit the program is killed with all its child processes.</summary>
/// <param name="Errors">The beginning of standard error.</param>
internal sealed record ProgramOutput(int ExitCode, string Errors)
{
    private const int MaxErrors = 4096;

    /// <param name="line">Receives each line of standard output.</param>
    /// <param name="variables">Additional environment variables.</param>
    /// <exception cref="Win32Exception">The program is not there.</exception>
    public static async Task<ProgramOutput> ReadAsync(string program, IEnumerable<string> arguments, Action<string> line, CancellationToken cancellation, IReadOnlyDictionary<string, string?>? variables = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // Messages and numbers in one language.
        start.Environment["LC_ALL"] = "C";
        foreach ((string name, string? value) in variables ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            Task<string> errors = BeginningAsync(process.StandardError, cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } next)
            {
                line(next);
            }

            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new ProgramOutput(process.ExitCode, (await errors.ConfigureAwait(false)).Trim());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> BeginningAsync(StreamReader from, CancellationToken cancellation)
    {
        char[] text = new char[MaxErrors];
        int length = await from.ReadBlockAsync(text, cancellation).ConfigureAwait(false);
        while (length == MaxErrors && await from.ReadAsync(new char[MaxErrors], cancellation).ConfigureAwait(false) > 0)
        {
            // A program that writes more must not wait for a reader.
        }

        return new string(text, 0, length);
    }
}
