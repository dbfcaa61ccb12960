using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--colour blue", "colour")]
    [InlineData("--body-limit large", "large")]
    [InlineData("store.cdb", "'store.cdb' is no setting")]
    [InlineData("--config none.json", "none.json")]
    [InlineData("--url 127.0.0.1", "'127.0.0.1' is no address")]
    [InlineData("--proxies proxy.example", "'proxy.example' in --proxies")]
    public void What_the_server_does_not_understand_it_names(string settings, string expected)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Build(settings));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_goes_before_the_file_of_settings()
    {
        await File.WriteAllTextAsync(_folder["settings.json"], """{"ConnectorDb": {"BodyLimit": 1000, "LoginDelay": 7}}""");
        await using WebApplication application = Build($"--config {_folder["settings.json"]} --body-limit 2000");
        ServerOptions options = application.Services.GetRequiredService<ServerOptions>();
        Assert.Equal((2000, 7), (options.BodyLimit, options.LoginDelay));
    }

    [Fact]
    public async Task The_owner_gets_into_a_new_store_by_a_key_that_only_the_account_of_the_server_can_read()
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
    public async Task The_server_of_a_new_store_says_how_to_get_in_and_gives_no_secret_away()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("", log.AddTo);
        Assert.Contains(log.Lines, line => line.Contains("Set-CdbUser me -Password", StringComparison.Ordinal) && line.Contains("--owner-key-file", StringComparison.Ordinal));
        Assert.DoesNotContain(server.OwnerKey, log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://127.0.0.1:0", false)]
    public async Task The_server_warns_when_others_can_reach_it_without_TLS(string url, bool warns)
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync($"--url {url}", log.AddTo);
        Assert.Equal(warns, log.Lines.Any(line => line.Contains("Warning", StringComparison.Ordinal) && line.Contains("without TLS", StringComparison.Ordinal)));
    }

    private WebApplication Build(string settings)
        => ServerApplication.Build(["--store", _folder["store.cdb"], "--key-folder", _folder["keys"], .. settings.Split(' ')]);
}
