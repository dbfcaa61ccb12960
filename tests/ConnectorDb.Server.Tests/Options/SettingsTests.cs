using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Options;

public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--colour blue", "colour")]
    [InlineData("--body-limit large", "--body-limit cannot be 'large'. It must be a whole number, 1 or more.")]
    [InlineData("--body-limit -1", "--body-limit cannot be '-1'")]
    [InlineData("--session-days 40000", "--session-days cannot be '40000'. It must be a whole number from 1 to 36500.")]
    [InlineData("--session-days 36h", "--session-days cannot be '36h'. It must be a whole number from 1 to 36500. The unit is days; a time span")]
    [InlineData("--max-ahead soon", "--max-ahead cannot be 'soon'. It must be a whole number, 0 or more. The unit is seconds; a time span")]
    [InlineData("--max-ahead NaN", "--max-ahead cannot be 'NaN'")]
    [InlineData("--body-limit 1d", "--body-limit cannot be '1d'")]
    [InlineData("--log-level loud", "It must be one of Trace, Debug,")]
    [InlineData("--local-items perhaps", "--local-items cannot be 'perhaps'. It must be true or false.")]
    [InlineData("--poll=", "--poll cannot be ''")]
    [InlineData("--poll", "--poll needs a value")]
    [InlineData("--poll --log-level Debug", "--poll needs a value")]
    [InlineData("store.cdb", "'store.cdb' is not a setting")]
    [InlineData("--owner-key-file a\0b", @"--owner-key-file cannot be 'a\0b'. It must be a non-empty text without the character NUL.")]
    [InlineData("--config a\0b", @"--config: 'a\0b' is not the path of a file")]
    [InlineData("--config=", "--config: '' is not the path of a file")]
    [InlineData("--config none.json", "There is no settings file")]
    [InlineData("--url 127.0.0.1", "'127.0.0.1' is not an address")]
    [InlineData("--url http://127.0.0.1:99999", "is not an address to listen at")]
    [InlineData("--url http://127.0.0.1:3124/cdb", "is not an address to listen at")]
    [InlineData("--url http://house.example:3124", "* for all addresses")]
    [InlineData("--origins house.example", "'house.example' in --origins")]
    [InlineData("--origins https://house.example/page", "'https://house.example/page' in --origins")]
    [InlineData("--proxies proxy.example", "'proxy.example' in --proxies")]
    public void An_invalid_setting_is_named_in_the_error(string settings, string expected)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Build(settings));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_that_cannot_start_releases_its_store()
    {
        await File.WriteAllTextAsync(_folder["nowhere.json"], """{"items": []}""");

        Assert.Throws<InvalidValueException>(() => Build($"--poll {_folder["nowhere.json"]}"));

        OpenFiles.AssertNone(_folder["store.cdb"]);
    }

    [Fact]
    public void All_invalid_settings_are_reported_at_once()
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Build("--colour blue --body-limit large --log-files 0"));
        Assert.Equal(3, error.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public async Task The_error_for_a_settings_file_that_is_not_JSON_contains_the_line()
    {
        await File.WriteAllTextAsync(_folder["settings.json"], "{\"ConnectorDb\": {\n\"BodyLimit\":\n}}");
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Build($"--config {_folder["settings.json"]}"));
        Assert.Contains("LineNumber: 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operations_page_lists_each_setting_with_its_default()
    {
        string[] page = File.ReadAllLines(Path.Combine(Sources.Root, "docs", "operations.md"));
        Assert.All(Setting.All, setting => Assert.Contains(page, line => line.StartsWith($"| `{setting.Name}` |", StringComparison.Ordinal)
            && (setting.Default is null or "" or false || line.Contains($"| `{setting.Default}` |", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_argument_overrides_the_settings_file()
    {
        await File.WriteAllTextAsync(_folder["settings.json"], """{"ConnectorDb": {"BodyLimit": 1000, "LoginDelay": 7}}""");
        await using WebApplication application = Build($"--config {_folder["settings.json"]} --body-limit 2000");
        ServerOptions options = application.Services.GetRequiredService<ServerOptions>();
        Assert.Equal((2000, 7), (options.BodyLimit, options.LoginDelay));
    }

    [Fact]
    public async Task The_owner_key_file_is_readable_only_by_the_account_of_the_server()
    {
        string file = _folder["owner.key"];
        await using RunningServer server = await RunningServer.StartAsync($"--owner-key-file {file}");
        Assert.Equal(server.OwnerKey, (await File.ReadAllTextAsync(file)).Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task The_server_of_a_new_store_logs_how_to_log_in_but_no_secret()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("", log.AddTo);
        Assert.Contains(log.Lines, line => line.Contains("Set-CdbUser me -Password", StringComparison.Ordinal) && line.Contains("--owner-key-file", StringComparison.Ordinal));
        Assert.DoesNotContain(server.OwnerKey, log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://127.0.0.1:0", false)]
    public async Task The_server_warns_when_other_machines_can_reach_it_without_TLS(string url, bool warns)
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync($"--url {url}", log.AddTo);
        Assert.Equal(warns, log.Lines.Any(line => line.Contains("Warning", StringComparison.Ordinal) && line.Contains("without TLS", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Time_spans_are_read_with_units()
    {
        await using WebApplication application = Build("--max-ahead 1d --login-delay 1.5s --session-days 2w --session-idle-hours 1.00:00:00 --stop-patience 90");
        ServerOptions options = application.Services.GetRequiredService<ServerOptions>();
        Assert.Equal((86400L, 1500, 14, 24, 90), (options.MaxAhead!.Value, options.LoginDelay, options.SessionDays, options.SessionIdleHours, options.StopPatience));
    }

    private WebApplication Build(string settings)
        => ServerApplication.Build(["--store", _folder["store.cdb"], "--key-folder", _folder["keys"], .. settings.Split(' ')]);
}
