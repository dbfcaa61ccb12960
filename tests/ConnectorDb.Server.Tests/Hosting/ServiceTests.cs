using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Server.Tests.Hosting;

/// <summary>The program under systemd.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Systemd_is_notified_when_the_server_serves_and_SIGTERM_stops_it_cleanly()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "There is systemd on Linux only.");
        using Socket notified = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notified.Bind(new UnixDomainSocketEndPoint(_folder["notify"]));
        string server = Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Server.dll");
        // The server detects systemd by the name of its parent process.
        string parent = File.CreateSymbolicLink(_folder["systemd"], "/bin/sh").FullName;
        ProcessStartInfo start = new(parent, ["-c", "\"$@\" & echo $!; wait $!", "systemd", "dotnet", server,
            "--store", _folder["store.cdb"], "--key-folder", _folder["keys"], "--url", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NOTIFY_SOCKET"] = _folder["notify"];
        using Process process = Process.Start(start)!;
        string id = (await process.StandardOutput.ReadLineAsync())!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();

        Assert.Equal("READY=1", await ReceiveAsync(notified));
        using Process signal = Process.Start("kill", ["-TERM", id]);
        Assert.Equal("STOPPING=1", await ReceiveAsync(notified));

        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains("Serving the store", await output);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource patience = new(s_patience);
        byte[] buffer = new byte[256];
        int received = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, received).TrimEnd('\n');
    }
}
