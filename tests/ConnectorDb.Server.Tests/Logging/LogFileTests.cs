using System.Text.RegularExpressions;
using ConnectorDb.Server.Logging;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ConnectorDb.Server.Tests.Logging;

/// <summary>Content, permissions and rotation of the log file.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder["server.log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_file_has_one_line_per_entry()
    {
        await using (RunningServer server = await RunningServer.StartAsync($"--log-level Information --log-file {Path}"))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
            }
        }

        string[] lines = await File.ReadAllLinesAsync(Path);
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z Information ConnectorDb\.Server\.Hosting\.StartupLog: Serving the store"));
    }

    [Theory]
    [InlineData("Debug", true)]
    [InlineData("Information", false)]
    public async Task The_level_is_respected_and_no_level_logs_a_key(string level, bool hasRequests)
    {
        string key;
        await using (RunningServer server = await RunningServer.StartAsync($"--log-level {level} --log-file {Path}"))
        {
            key = server.OwnerKey;
            using HttpClient http = server.Http(null);
            await http.DoAsync(HttpMethod.Get, $"?q=this&apikey={key}&API_KEY={key}&api.key[0]={key}");
        }

        string log = await File.ReadAllTextAsync(Path);
        Assert.Equal(hasRequests, log.Contains("?q=this", StringComparison.Ordinal));
        Assert.DoesNotContain(key, log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_file_is_rotated_and_the_oldest_is_deleted()
    {
        using (LogFile file = new(Path, maxBytes: 100, maxFiles: 3))
        {
            for (int i = 0; i < 20; i++)
            {
                file.Write($"entry {i:00} {new string('.', 38)}\n");
            }
        }

        Assert.Equal(["server.1.log", "server.2.log", "server.log"], Directory.GetFiles(_folder.Root).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(_folder.Root), file => Assert.True(new FileInfo(file).Length <= 100));
        Assert.Equal(["18", "19"], File.ReadAllLines(Path).Select(line => line.Split(' ')[1]));
        Assert.Equal(["14", "15"], File.ReadAllLines(_folder["server.2.log"]).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void While_files_cannot_be_renamed_no_entry_and_no_older_file_is_lost()
    {
        using LogFile file = new(Path, maxBytes: 10, maxFiles: 4);
        file.Write("entry 0\n");
        file.Write("entry 1\n");
        Directory.CreateDirectory(_folder["server.2.log"]);
        for (int i = 2; i < 6; i++)
        {
            file.Write($"entry {i}\n");
        }

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"entry {i}"), Entries());

        Directory.Delete(_folder["server.2.log"]);
        file.Write("entry 6\n");
        Assert.Equal(["entry 6"], ReadShared(Path));
    }

    [Fact]
    public void A_reader_that_keeps_the_file_open_hinders_no_entry()
    {
        using LogFile file = new(Path, maxBytes: 10, maxFiles: 3);
        file.Write("entry 0\n");
        file.Write("entry 1\n");
        using (FileStream reader = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            file.Write("entry 2\n");
        }

        Assert.Equal(["entry 0", "entry 1", "entry 2"], Entries());
    }

    [Fact]
    public void A_restart_appends_to_the_file()
    {
        new LogFile(Path, 100, 2).Dispose();
        foreach (string entry in new[] { "first\n", "second\n" })
        {
            using LogFile file = new(Path, 100, 2);
            file.Write(entry);
        }

        Assert.Equal(["first", "second"], File.ReadAllLines(Path));
    }

    [Fact]
    public void Text_from_callers_cannot_forge_a_log_entry()
    {
        using (LogFileProvider provider = new(new LogFile(Path, 10_000, 2), TimeProvider.System))
        {
            provider.CreateLogger("c").Log(LogLevel.Warning, 0, "/x\r\n2026-01-01T00:00:00.000Z Error c: \u001b[31mfalse", new InvalidOperationException("a\nb"), (path, _) => path);
        }

        string[] lines = File.ReadAllLines(Path);
        Assert.EndsWith("Warning c: /x", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.Contains(@"\u001b[31mfalse", lines[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Entries_lost_while_the_file_cannot_be_written_are_counted()
    {
        Skip.If(OperatingSystem.IsWindows(), "There a folder with an open file cannot be moved.");
        string folder = _folder["logs"];
        using (LogFile file = new(System.IO.Path.Combine(folder, "a.log"), 10, 2))
        {
            file.Write("first entry\n");
            Directory.Move(folder, folder + "2");
            file.Write("second entry\n");
            file.Write("third entry\n");
            Directory.Move(folder + "2", folder);
            file.Write("fourth entry\n");
        }

        Assert.Equal(["first entry", "2 entries could not be written here.", "fourth entry"], File.ReadAllLines(System.IO.Path.Combine(folder, "a.log")));
    }

    [Theory]
    [InlineData("--log-level Loud", "Loud")]
    [InlineData("--log-file-size 10 --log-file x.log", "--log-file-size")]
    public async Task An_invalid_log_setting_stops_the_start(string settings, string expected)
        => Assert.Contains(expected, (await Assert.ThrowsAnyAsync<CdbException>(() => RunningServer.StartAsync(settings))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_log_file_that_cannot_be_created_stops_the_start()
    {
        await File.WriteAllTextAsync(_folder["file"], "");
        string path = System.IO.Path.Combine(_folder["file"], "server.log");
        Assert.Contains(path, (await Assert.ThrowsAsync<FileAccessException>(() => RunningServer.StartAsync($"--log-file {path}"))).Message, StringComparison.Ordinal);
    }

    private List<string> Entries() => [.. Directory.GetFiles(_folder.Root).SelectMany(ReadShared).Order(StringComparer.Ordinal)];

    private static string[] ReadShared(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
