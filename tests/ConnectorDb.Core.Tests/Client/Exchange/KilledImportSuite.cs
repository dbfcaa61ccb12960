using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

/// <summary>An import of a folder whose process is killed.</summary>
public abstract class KilledImportSuite(IPostgres? server) : IDisposable
{
    private readonly Places _places = new(server);

    public void Dispose()
    {
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task A_repeated_import_completes_the_streams()
    {
        CdbPath light = await Places.FillAsync(_places.From, "me/lamp/light", new StreamDefinition { Description = "In the hall", Schema = """{"type":"number"}""" }, Some.Numbers(60_000));
        CdbPath power = await Places.FillAsync(_places.From, "me/lamp/power", null, Some.Numbers(50_000));
        CdbPath dimmer = await Places.FillAsync(_places.From, "me/lamp/dimmer", new StreamDefinition { Downlink = true });
        await Places.WriteAsync(_places.From, "me/user", dimmer, Some.Numbers(40_000));
        await _places.ExportAsync("me/lamp");

        Random random = new(13);
        for (int i = 0; i < 5; i++)
        {
            using ImportProcess import = new(_places.Store, _places.KeyFolder, _places.Folder);
            import.KillAfter(random.Next(1, 4));
            foreach (CdbPath stream in (CdbPath[])[light, power, dimmer.ToDownlink()])
            {
                IReadOnlyList<string> stored = await StoredAsync(stream);
                Assert.Equal((await Places.ReadAsync(_places.From, stream)).Take(stored.Count), stored);
            }
        }

        await _places.ImportAsync(options: new ImportOptions { Merge = true });
        foreach (CdbPath stream in (CdbPath[])[light, power, dimmer.ToDownlink()])
        {
            Assert.Equal(await Places.ReadAsync(_places.From, stream), await Places.ReadAsync(_places.To, stream));
        }

        CdbStream imported = await _places.To.GetStreamAsync(light, Some.NoToken);
        Assert.Equal(("In the hall", """{"type":"number"}"""), (imported.Description, imported.Schema));
        Assert.Equal("", (await _places.To.GetStreamAsync(power, Some.NoToken)).Description);
    }

    [SkippableFact]
    public async Task A_stream_with_other_datapoints_is_not_completed()
    {
        CdbPath light = await Places.FillAsync(_places.From, "me/lamp/light", null, Some.Numbers(50_000));
        await _places.ExportAsync("me/lamp");
        using (ImportProcess import = new(_places.Store, _places.KeyFolder, _places.Folder))
        {
            import.KillAfter(1);
        }

        await Places.WriteAsync(_places.To, "me/lamp", light, Some.Point(1e9, DataValue.From(-1L)));
        long count = await _places.To.CountAsync(light, Some.NoToken);

        await Assert.ThrowsAsync<InvalidExportException>(() => _places.ImportAsync(options: new ImportOptions { Merge = true }));
        Assert.Equal(count, await _places.To.CountAsync(light, Some.NoToken));
    }

    private async Task<IReadOnlyList<string>> StoredAsync(CdbPath stream)
        => await _places.To.ExistsAsync(stream.ToStream(), Some.NoToken) ? await Places.ReadAsync(_places.To, stream) : [];
}
