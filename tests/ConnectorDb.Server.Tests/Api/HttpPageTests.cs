using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>Runs docs/http.md: each line of curl with the real curl, and each message over a websocket.</summary>
public sealed partial class HttpPageTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task Each_command_has_the_output_that_the_page_shows()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/curl"), "The real curl is needed.");
        using TempFolder folder = new();
        await using RunningServer server = await RunningServer.StartAsync();
        string key = "";
        MatchCollection blocks = Block().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "http.md")));
        Assert.NotEmpty(blocks);
        foreach (Match block in blocks)
        {
            string commands = block.Groups["commands"].Value;
            string output = await RunAsync(folder, $"{commands}\necho \"$KEY\" > key", server, key);
            Assert.Equal($"{commands}{block.Groups["output"].Value.Trim()}", $"{commands}{output.ReplaceLineEndings("\n").Trim()}");
            key = (await File.ReadAllTextAsync(folder["key"])).Trim();
        }

        using WebSocketTester socket = await WebSocketTester.OpenAsync(server, key);
        MatchCollection messages = Message().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "http.md")));
        Assert.NotEmpty(messages);
        foreach (Match message in messages)
        {
            await socket.DoAsync(message.Groups["message"].Value);
        }

        JsonElement received = await socket.ReceiveAsync();
        Assert.Equal("me/pi/temperature", received.GetProperty("stream").GetString());
        Assert.Equal(24, received.GetProperty("data")[0].GetProperty("d").GetDouble());
    }

    private static async Task<string> RunAsync(TempFolder folder, string commands, RunningServer server, string key)
    {
        ProcessStartInfo start = new("bash", ["-eu", "-o", "pipefail", "-c", commands]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(folder["x"])! };
        start.Environment["SERVER"] = server.Address.GetLeftPart(UriPartial.Authority);
        start.Environment["OWNER"] = server.OwnerKey;
        start.Environment["KEY"] = key;
        start.Environment["no_proxy"] = "*";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{commands}: exit {process.ExitCode}, {output}");
        return output;
    }

    [GeneratedRegex(@"```sh\n(?<commands>.*?)```\n(```text\n(?<output>.*?)```\n)?", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"```json\n(?<message>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Message();
}
