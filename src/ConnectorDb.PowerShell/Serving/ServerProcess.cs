using System.Diagnostics;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>
/// Starts the server as a child. It tells on standard output when it serves and where, writes its log to standard error, and
/// stops when standard input ends: so it ends with this process, however that ends.
/// </summary>
internal static class ServerProcess
{
    /// <summary>What the server writes before its addresses once it serves.</summary>
    private const string Ready = "ready ";

    private static readonly string[] s_asChild = ["--until-input-ends"];

    /// <param name="store">The file to serve; null for the user's own store.</param>
    /// <param name="arguments">More of the server's command line.</param>
    /// <exception cref="ServerNotStartedException">It does not serve; the message says why.</exception>
    /// <exception cref="ServerRuntimeMissingException">Nothing here can run it.</exception>
    public static async Task<CdbServer> StartAsync(string? store, IEnumerable<string> arguments, TimeSpan patience, CancellationToken cancellation)
    {
        ProcessStartInfo start = ServerStart.Of([.. s_asChild, .. store is null ? [] : new[] { "--store", store }, .. arguments]).ToStartInfo();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.CreateNoWindow = true;
        start.WorkingDirectory = Directory.GetCurrentDirectory();

        ServerLog log = new();
        TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Process process = new() { StartInfo = start };
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.OutputDataReceived += (_, line) => Heed(line.Data, ready);
        try
        {
            process.Start();
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            string url = await ready.Task.WaitAsync(patience, cancellation).ConfigureAwait(false);
            return new CdbServer(process, log, url, store);
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException or OperationCanceledException)
        {
            End(process);
            throw error is OperationCanceledException ? error : new ServerNotStartedException(Reason(error, patience, log), store);
        }
    }

    private static void Heed(string? line, TaskCompletionSource<string> ready)
    {
        if (line is null)
        {
            ready.TrySetException(new EndOfStreamException());
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

    private static string Reason(Exception error, TimeSpan patience, ServerLog log)
    {
        string said = string.Join(Environment.NewLine, log.Lines);
        string what = error is TimeoutException ? $"The server did not serve within {patience.TotalSeconds:0} seconds." : "The server did not start.";
        return said.Length > 0 ? $"{what} It said: {said}" : $"{what} It said nothing; -Setting @{{ LogLevel = 'Debug' }} makes it say more.";
    }
}
