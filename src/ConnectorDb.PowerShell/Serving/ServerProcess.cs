using System.Diagnostics;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>
/// Starts the server as a child process. The server writes its addresses to standard output when it is ready, writes its log to
/// standard error, and stops at the end of standard input, so that it also ends when this process is killed.
/// </summary>
internal static class ServerProcess
{
    /// <summary>The server writes this word before its addresses when it is ready.</summary>
    private const string Ready = "ready ";

    /// <summary>The server writes this word before a login link, on a line before that.</summary>
    private const string Login = "login ";

    private static readonly string[] s_asChild = ["--until-input-ends"];

    /// <param name="store">Path of the store.</param>
    /// <param name="arguments">Further arguments of the server. The store takes precedence over a store in them.</param>
    /// <param name="timeout">The time after which the start fails.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="ServerNotStartedException">The server did not start; the message contains its log.</exception>
    /// <exception cref="ServerRuntimeMissingException">This machine cannot run the server.</exception>
    public static async Task<CdbServer> StartAsync(string store, IEnumerable<string> arguments, TimeSpan timeout, CancellationToken cancellation)
    {
        ProcessStartInfo start = ServerStart.Of([.. s_asChild, .. arguments, "--store", store]).ToStartInfo();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.CreateNoWindow = true;
        start.WorkingDirectory = Directory.GetCurrentDirectory();

        ServerLog log = new();
        string? link = null;
        TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new() { StartInfo = start };
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.OutputDataReceived += (_, line) => ReadOutput(line.Data, ready, ref link);
        try
        {
            process.Start();
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            string url = await ready.Task.WaitAsync(timeout, cancellation).ConfigureAwait(false);
            return new CdbServer(process, log, url, store) { LoginLink = link };
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException or OperationCanceledException)
        {
            End(process);
            throw error is OperationCanceledException ? error : new ServerNotStartedException(Reason(error, timeout, log), store);
        }
    }

    private static void ReadOutput(string? line, TaskCompletionSource<string> ready, ref string? link)
    {
        if (line is null)
        {
            ready.TrySetException(new EndOfStreamException());
        }
        else if (line.StartsWith(Login, StringComparison.Ordinal))
        {
            link = line[Login.Length..];
        }
        else if (line.StartsWith(Ready, StringComparison.Ordinal))
        {
            ready.TrySetResult(line[Ready.Length..]);
        }
    }

    private static void End(Process process)
    {
        using (process)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static string Reason(Exception error, TimeSpan timeout, ServerLog log)
    {
        string output = string.Join(Environment.NewLine, log.Lines);
        string problem = error is TimeoutException ? $"The server was not ready after {SecondsText.Of(Math.Round(timeout.TotalSeconds))}." : "The server did not start.";
        return output.Length > 0 ? $"{problem} Its log: {output}" : $"{problem} Its log is empty. Use -Setting @{{ LogLevel = 'Debug' }} for a detailed log.";
    }
}
