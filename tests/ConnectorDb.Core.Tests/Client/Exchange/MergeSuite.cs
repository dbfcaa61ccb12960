using ConnectorDb.Core.Client.Exchange;

namespace ConnectorDb.Core.Tests.Client.Exchange;

/// <summary>Imports to where something is already.</summary>
public abstract class MergeSuite(IPostgres? server) : IDisposable
{
    private readonly Places _places = new(server);

    public void Dispose()
    {
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData("me", "me")]
    [InlineData("me/lamp", "me/lamp")]
    [InlineData("me/lamp/light", "me/lamp/light")]
    public async Task Existing_nodes_are_rejected_by_name(string exported, string named)
    {
        await Places.FillAsync(_places.From, "me/lamp/light", null, Some.Numbers(5));
        await Places.FillAsync(_places.To, "me/lamp/light", null, Some.Numbers(2));
        await _places.ExportAsync(exported);

        NameTakenException error = await Assert.ThrowsAsync<NameTakenException>(() => _places.ImportAsync(CdbPath.Parse(exported).Parent?.ToString() ?? "me"));
        Assert.Contains($"'{named}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, await _places.To.CountAsync(CdbPath.Parse("me/lamp/light"), Some.NoToken));
    }

    [SkippableFact]
    public async Task A_merge_adds_missing_nodes_and_leaves_existing_ones()
    {
        await Places.FillAsync(_places.From, "me/lamp/light", null, Some.Numbers(5));
        await Places.FillAsync(_places.From, "me/lamp/power", null, Some.Numbers(6));
        await Places.FillAsync(_places.From, "me/pi/heat", null, Some.Numbers(7));
        await Places.FillAsync(_places.To, "me/lamp/light", null, Some.Numbers(2));
        await _places.To.UpdateDeviceAsync(CdbPath.Parse("me/lamp"), new DeviceDefinition { Nickname = "mine" }, Some.NoToken);
        string? key = (await _places.To.GetDeviceAsync(CdbPath.Parse("me/user"), Some.NoToken)).ApiKey;
        await _places.ExportAsync("me");

        Import import = await _places.ImportAsync(options: new ImportOptions { Merge = true });

        Assert.Equal(2, await _places.To.CountAsync(CdbPath.Parse("me/lamp/light"), Some.NoToken));
        Assert.Equal(6, await _places.To.CountAsync(CdbPath.Parse("me/lamp/power"), Some.NoToken));
        Assert.Equal(7, await _places.To.CountAsync(CdbPath.Parse("me/pi/heat"), Some.NoToken));
        Assert.Equal("mine", (await _places.To.GetDeviceAsync(CdbPath.Parse("me/lamp"), Some.NoToken)).Nickname);
        Assert.Equal(key, (await _places.To.GetDeviceAsync(CdbPath.Parse("me/user"), Some.NoToken)).ApiKey);
        Assert.Contains("'me/lamp/light'", Assert.Single(import.Notes), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_failed_merge_removes_only_nodes_that_it_created()
    {
        await Places.FillAsync(_places.From, "me/lamp/light", null, Some.Numbers(5));
        await Places.FillAsync(_places.From, "me/lamp/power", null, Some.Numbers(6));
        await Places.FillAsync(_places.From, "me/pi/heat", null, Some.Numbers(7));
        await Places.FillAsync(_places.To, "me/lamp/power", null, Some.Numbers(2));
        await _places.ExportAsync("me");
        await File.WriteAllTextAsync(Path.Combine(_places.Folder, "me/pi/heat/data.json"), "[");

        await Assert.ThrowsAsync<InvalidExportException>(() => _places.ImportAsync(options: new ImportOptions { Merge = true }));

        Assert.Equal(2, await _places.To.CountAsync(CdbPath.Parse("me/lamp/power"), Some.NoToken));
        Assert.False(await _places.To.ExistsAsync(CdbPath.Parse("me/lamp/light"), Some.NoToken));
        Assert.False(await _places.To.ExistsAsync(CdbPath.Parse("me/pi"), Some.NoToken));
        Assert.True(await _places.To.ExistsAsync(CdbPath.Parse("me/user"), Some.NoToken));
    }

    [SkippableFact]
    public async Task A_key_of_another_device_is_rejected_and_nothing_is_left()
    {
        await Places.FillAsync(_places.From, "me/lamp/light", null, Some.Numbers(5));
        await _places.From.CreateUserAsync(CdbPath.Parse("ada"), new UserDefinition(), Some.NoToken);
        await _places.ExportAsync("me/lamp");

        await Assert.ThrowsAsync<NameTakenException>(() => _places.ImportAsync("ada", _places.From));
        Assert.False(await _places.From.ExistsAsync(CdbPath.Parse("ada/lamp"), Some.NoToken));

        await _places.ImportAsync("ada", _places.From, new ImportOptions { WithKeys = false });
        Assert.Equal(5, await _places.From.CountAsync(CdbPath.Parse("ada/lamp/light"), Some.NoToken));
    }
}
