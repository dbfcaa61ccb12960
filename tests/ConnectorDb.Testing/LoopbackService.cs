using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Testing;

/// <summary>A real service on a folder and loopback ports of its own, where its programs are installed.</summary>
/// <param name="missing">The message of tests that are skipped where they are not.</param>
/// <param name="programs">The paths of the programs that the tests need.</param>
public abstract class LoopbackService(string missing, params string?[] programs) : IAsyncLifetime, IDisposable
{
    private const int MaxAttempts = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private Process? _process;

    protected TempFolder Folder { get; } = new();

    /// <summary>The signal that ends the service.</summary>
    protected virtual string EndSignal => "KILL";

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !programs.All(File.Exists))
        {
            return;
        }

        await PrepareAsync();
        await StartOnFreePortsAsync();
        await CompleteAsync();
    }

    /// <summary>False where the programs are not installed.</summary>
    public bool IsRunning => _process is not null;

    public void SkipWhenMissing() => Skip.If(!IsRunning, missing);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (_process is { } process)
        {
            EndAsync(EndSignal).GetAwaiter().GetResult();
            process.Dispose();
        }

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares the folder before the first start.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Completes the service after the first start.</summary>
    protected virtual Task CompleteAsync() => Task.CompletedTask;

    /// <summary>Chooses the ports, with <see cref="FreePort"/>, or 0 where the service can choose itself.</summary>
    protected abstract void ChoosePorts();

    /// <summary>The program and its arguments, for the chosen ports.</summary>
    protected abstract ProcessStartInfo Command();

    /// <summary>True for the line by which the service tells that it listens.</summary>
    protected abstract bool IsReady(string line);

    /// <summary>Starts the service again, on the same ports.</summary>
    protected async Task StartAgainAsync() => Assert.Null(await TryStartAsync());

    /// <summary>Ends the service with a signal.</summary>
    protected async Task EndAsync(string signal)
    {
        if (!_process!.HasExited)
        {
            await ToolProcess.RunAsync("kill", $"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture));
            await _process.WaitForExitAsync();
        }
    }

    protected static int FreePort(ProtocolType protocol = ProtocolType.Tcp)
    {
        using Socket socket = new(AddressFamily.InterNetwork, protocol == ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <remarks>Another program may take a free port in the meantime. Then the service ends, and gets others.</remarks>
    private async Task StartOnFreePortsAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            ChoosePorts();
            if (await TryStartAsync() is not { } said)
            {
                return;
            }

            Assert.True(attempt < MaxAttempts, $"It did not start. It said: {said}");
        }
    }

    /// <summary>Starts the service and waits until it listens. Returns the output of one that ended.</summary>
    private async Task<string?> TryStartAsync()
    {
        ProcessStartInfo start = Command();
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = new() { StartInfo = start };
        StringBuilder said = new();
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, output) => Hear(output.Data);
        process.ErrorDataReceived += (_, output) => Hear(output.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource patience = new(s_patience);
        Task ended = process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(ready.Task, ended) == ready.Task)
        {
            _process?.Dispose();
            _process = process;
            return null;
        }

        await ended;
        process.Dispose();
        return said.ToString();

        void Hear(string? line)
        {
            lock (said)
            {
                if (ready.Task.IsCompleted)
                {
                    return;
                }

                said.AppendLine(line);
                if (line is not null && IsReady(line))
                {
                    ready.SetResult();
                }
            }
        }
    }
}
