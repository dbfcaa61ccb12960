using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

/// <summary>Exports and imports that do not reach their end.</summary>
public abstract class CutShortSuite(IPostgres? server) : IDisposable
{
    private readonly Places _places = new(server);

    public void Dispose()
    {
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData("ada")]
    [InlineData("ada/lamp")]
    [InlineData("ada/lamp/light")]
    public async Task A_cancelled_export_leaves_nothing(string path)
    {
        await FillAsync();
        using CancellationTokenSource stop = new();
        Export export = new(_places.From, CdbPath.Parse(path), _places.Folder, withKeys: true);
        string[] during = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ExchangeStep _ in export.RunAsync(stop.Token))
            {
                during = Directory.GetDirectories(_places.Root, "export*");
                await stop.CancelAsync();
            }
        });

        Assert.Contains(".unfinished-", Assert.Single(during), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_places.Root, "export*"));
        Assert.Null(export.Left);
    }

    [SkippableFact]
    public async Task A_cancelled_export_to_a_shared_folder_keeps_the_other_files()
    {
        await FillAsync();
        await _places.ExportAsync("me");
        await foreach (ExchangeStep _ in new Export(_places.From, CdbPath.Parse("ada"), _places.Folder, withKeys: true).RunAsync(Some.NoToken))
        {
            Assert.Throws<InvalidExportException>(() => ImportFolder.Read(_places.Folder));
            break;
        }

        Assert.Equal("me", Assert.Single(ImportFolder.Read(_places.Folder)).Name);
    }

    [SkippableFact]
    public async Task A_cancelled_import_leaves_nothing()
    {
        await FillAsync();
        await _places.ExportAsync("ada");
        using CancellationTokenSource stop = new();
        Import import = _places.Begin(ImportFolder.Read(_places.Folder)[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ExchangeStep _ in import.RunAsync(stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.False(await _places.To.ExistsAsync(CdbPath.Parse("ada"), Some.NoToken));
        Assert.Empty(import.Left);
    }

    [SkippableFact]
    public async Task Nodes_that_an_import_cannot_remove_again_are_reported()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Schema = """{"type":"number"}""" }, Some.Numbers(3));
        await _places.ExportAsync("ada");
        CdbPath boss = await AddAdministratorAsync("boss");
        await using ICdbClient client = _places.OpenTo("boss/user");
        Import import = _places.Begin(ImportFolder.Read(_places.Folder)[0], client: client);

        await Assert.ThrowsAnyAsync<CdbException>(async () =>
        {
            await foreach (ExchangeStep _ in import.RunAsync(Some.NoToken))
            {
                await _places.To.UpdateUserAsync(boss, new UserDefinition { Role = "user" }, Some.NoToken);
            }
        });

        (CdbPath path, string reason) = Assert.Single(import.Left);
        Assert.Equal("ada", path.ToString());
        Assert.NotEmpty(reason);
    }

    [SkippableFact]
    public async Task A_full_disk_is_reported_and_leaves_nothing()
    {
        await FillAsync(300_000);
        string disk = Path.Combine(_places.Root, "disk");
        using SmallDisk mounted = SmallDisk.Mount(disk, megabytes: 1);

        FileAccessException error = await Assert.ThrowsAsync<FileAccessException>(() => _places.ExportAsync("ada", folder: Path.Combine(disk, "export")));

        Assert.Contains("data.json", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(disk));
    }

    [SkippableFact]
    public async Task Exported_files_are_readable_by_their_owner_only()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes; a folder gives what is in it its own rights.");
        await FillAsync();
        await _places.ExportAsync("ada");
        foreach (string entry in Directory.EnumerateFileSystemEntries(_places.Folder, "*", SearchOption.AllDirectories).Append(_places.Folder))
        {
            UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(entry);
            Assert.Equal(UnixFileMode.None, mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        }
    }

    private async Task<CdbPath> AddAdministratorAsync(string name)
        => (await _places.To.CreateUserAsync(CdbPath.ForUser(name), new UserDefinition { Role = "admin" }, Some.NoToken)).GetPath();

    private Task<CdbPath> FillAsync(int count = 10_000) => Places.FillAsync(_places.From, "ada/lamp/light", null, Some.Numbers(count));
}
