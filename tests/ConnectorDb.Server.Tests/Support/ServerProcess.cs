using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>The server in a separate process that a test can kill.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Ready = "ready ";
    private readonly Process _process;
    private readonly Task _errors;

    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, Task errors, Uri address, string key)
    {
        (_process, _errors) = (process, errors);
        _ = ReadOutputAsync();
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", key);
    }

    /// <summary>An HTTP client of the owner of the store.</summary>
    public HttpClient Http { get; }

    /// <param name="folder">The folder of the store and the keys.</param>
    /// <param name="settings">Further arguments; also <c>--store</c> for another store.</param>
    public static async Task<ServerProcess> StartAsync(TempFolder folder, params string[] settings)
    {
        string keyFile = folder["owner.key"];
        ProcessStartInfo start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Server.dll"), "--until-input-ends", "--url", "http://127.0.0.1:0",
            .. settings.Contains("--store") ? Array.Empty<string>() : ["--store", folder["store.cdb"]], "--key-folder", folder["keys"], "--owner-key-file", keyFile, "--Logging:LogLevel:Default", "Warning", .. settings,
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        StringBuilder said = new();
        Task errors = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                said.AppendLine(line);
            }
        });
        string? ready = await process.StandardOutput.ReadLineAsync();
        if (ready?.StartsWith(Ready, StringComparison.Ordinal) != true)
        {
            await errors;
            throw new InvalidOperationException($"The server did not start. It said: {said}");
        }

        return new ServerProcess(process, errors, new Uri(ready[Ready.Length..]), (await File.ReadAllTextAsync(keyFile)).Trim());
    }

    /// <summary>The warnings and errors that the server has written since it was ready.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The memory of the process in RAM, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most memory that the process has had in RAM, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Sends the signal SIGTERM and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Kills the process.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _errors.Wait();
        _process.Dispose();
        Http.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
