using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Tests.Hosting;

/// <summary>Exit code and output of the program at a console.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line_and_in_the_log_file()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string url = $"http://{other.LocalEndpoint}";
        (int code, _, string errors) = await RunAsync("--url", url, "--log-file", _folder["server.log"]);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(url, line, StringComparison.Ordinal);
        Assert.Contains("Stop the program that uses this address, or choose another one with --url.", line, StringComparison.Ordinal);
        Assert.Equal(1, code);
        Assert.Contains(line.Trim(), await File.ReadAllTextAsync(_folder["server.log"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url http://192.0.2.1:3124", "Use an address of this machine")]
    [InlineData("--url https://127.0.0.1:0 --Kestrel:Certificates:Default:Path none.pfx", "none.pfx")]
    [InlineData("--Kestrel:Endpoints:House:Url house", "'house'")]
    [InlineData("--url http://127.0.0.1:0 --owner-key-file .", "Choose another path with --owner-key-file.")]
    public async Task An_error_at_start_is_reported_without_a_stack_trace(string settings, string expected)
    {
        (int code, _, string errors) = await RunAsync(settings.Split(' '));
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_parent_has_already_ended_stops_quietly()
    {
        (int code, _, string errors) = await RunAsync("--url", "http://127.0.0.1:0", "--until-input-ends", "--log-level", "Warning");
        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public async Task Help_lists_each_setting()
    {
        (int code, string text, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        Assert.All(Setting.All, setting => Assert.Contains(setting.Name, text, StringComparison.Ordinal));
        Assert.Equal((0, CdbEngine.Version), (await RunAsync("--version")) is (int ended, string version, _) ? (ended, version.Trim()) : default);
    }

    /// <summary>Starts the program over a new store, without input, and waits until it ends by itself.</summary>
    private async Task<(int Code, string Text, string Errors)> RunAsync(params string[] arguments)
    {
        string[] store = arguments is ["--help" or "--version"] ? [] : ["--store", _folder["store.cdb"], "--key-folder", _folder["keys"]];
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Server.dll"), .. store, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await text, errors);
    }
}
