using ConnectorDb.Columns;
using ConnectorDb.Core.Client.Exchange;

namespace ConnectorDb.Core.Tests.Client.Exchange;

public sealed class BadFolderTests : IDisposable
{
    private readonly Places _places = new();

    public void Dispose() => _places.Dispose();

    [Theory]
    [InlineData("connectordb.json", """{"Version": 3}""", "version 3")]
    [InlineData("connectordb.json", """{"Version": 0}""", "version 0")]
    [InlineData("connectordb.json", """{"ConnectorDB": "0.3.0"}""", "no 'Version'")]
    [InlineData("connectordb.json", """{"Version": "one"}""", "whole number")]
    [InlineData("ada/user.json", null, "missing")]
    [InlineData("ada/user.json", "[]", "JSON object")]
    [InlineData("ada/user.json", "", "not JSON")]
    [InlineData("ada/user.json", """{"nickname": "Ada"}""", "empty")]
    [InlineData("ada/user.json", """{"name": "../ada"}""", "begin with a letter")]
    [InlineData("ada/user.json", "{\"name\": \"ada\",\n \"public\": yes}", "line 2")]
    [InlineData("ada/user.json", """{"name": "ada", "public": "yes"}""", "boolean")]
    [InlineData("ada/user.json", """{"name": "ada", "nickname": "\udc00"}""", "surrogate")]
    [InlineData("ada/lamp/device.json", null, "missing")]
    [InlineData("ada/lamp/light/stream.json", null, "missing")]
    [InlineData("ada/lamp/light/data.json", null, "missing")]
    [InlineData("ada/lamp/light/downlink.json", null, "missing")]
    public async Task A_corrupt_folder_is_rejected_with_the_name_of_the_file_before_anything_is_created(string file, string? content, string expected)
    {
        await ExportAsync();
        string path = Path.GetFullPath(file, _places.Folder);
        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        InvalidExportException error = Assert.Throws<InvalidExportException>(() => ImportFolder.Read(_places.Folder));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(file.StartsWith("connectordb", StringComparison.Ordinal) && content!.Contains(": ", StringComparison.Ordinal) ? _places.Folder : path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.json", """[{"t": 1, "d": 1}, {"t": 2, "d": 2}""", "Datapoint 3")]
    [InlineData("data.json", """[{"t": 1, "d": 1}, {"t": 2, "d""", "Datapoint 2")]
    [InlineData("data.json", "", "the text is empty")]
    [InlineData("data.json", """{"t": 1}""", "array")]
    [InlineData("data.json", """[{"t": "yesterday", "d": 1}]""", "Datapoint 1")]
    [InlineData("data.json", """[{"t": 1, "d": NaN}]""", "line 1")]
    [InlineData("data.json", """[{"t": 5, "d": 1}, {"t": 4, "d": 1}]""", "Datapoint 2")]
    [InlineData("data.json", """[{"t": 5, "d": "\ud800"}]""", "surrogate")]
    [InlineData("downlink.json", """[{"t": 5, "d": 1}, {"t": 4, "d": 1}]""", "Datapoint 2")]
    public async Task Corrupt_data_is_rejected_with_its_position_and_nothing_is_left(string file, string content, string expected)
    {
        await ExportAsync();
        string path = Path.GetFullPath($"ada/lamp/light/{file}", _places.Folder);
        await File.WriteAllTextAsync(path, content);

        InvalidExportException error = await Assert.ThrowsAsync<InvalidExportException>(() => _places.ImportAsync());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.False(await _places.To.ExistsAsync(CdbPath.Parse("ada"), Some.NoToken));
    }

    [Fact]
    public async Task An_error_after_many_datapoints_is_reported_with_its_position_in_the_file()
    {
        await ExportAsync();
        string points = string.Join(',', Enumerable.Range(0, 40_000).Select(i => $$"""{"t":{{i}},"d":{{i}}}"""));
        await File.WriteAllTextAsync(Path.Combine(_places.Folder, "ada/lamp/light/data.json"), $$"""[{{points}},{"t":3,"d":0}]""");

        InvalidExportException error = await Assert.ThrowsAsync<InvalidExportException>(() => _places.ImportAsync());
        Assert.Contains("Datapoint 40001 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_kind_is_not_an_export()
    {
        InvalidExportException error = Assert.Throws<InvalidExportException>(() => ImportFolder.Read(_places.Root));
        Assert.Contains("connectordb.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named_in_the_error()
        => Assert.Contains("no folder", Assert.Throws<InvalidExportException>(() => ImportFolder.Read(_places.Folder)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Files_of_a_killed_export_are_not_imported_as_a_user()
    {
        await ExportAsync();
        Directory.CreateDirectory(Path.Combine(_places.Folder, "bob.unfinished-0123abcd"));
        Assert.Contains("interrupted export", Assert.Throws<InvalidExportException>(() => ImportFolder.Read(_places.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("me/user")]
    public async Task An_existing_folder_is_not_overwritten(string path)
    {
        await ExportAsync();
        string before = await File.ReadAllTextAsync(Path.Combine(_places.Folder, "ada/user.json"));
        await Assert.ThrowsAsync<NameTakenException>(() => _places.ExportAsync(path));
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(_places.Folder, "ada/user.json")));
    }

    [Fact]
    public async Task Users_are_not_exported_into_other_folders()
    {
        Directory.CreateDirectory(_places.Folder);
        await Assert.ThrowsAsync<InvalidExportException>(() => _places.ExportAsync("me"));
        await File.WriteAllTextAsync(Path.Combine(_places.Folder, "connectordb.json"), """{"Version": 2}""");
        InvalidExportException error = await Assert.ThrowsAsync<InvalidExportException>(() => _places.ExportAsync("me"));
        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
    }

    private async Task ExportAsync()
    {
        Block[] points = [Some.Numbers(3)];
        await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Downlink = true }, points);
        await _places.ExportAsync("ada");
    }
}
