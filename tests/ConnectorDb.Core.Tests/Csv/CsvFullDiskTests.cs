using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Csv;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Csv;

namespace ConnectorDb.Core.Tests.Csv;

/// <summary>An import whose disk becomes full.</summary>
public sealed class CsvFullDiskTests : IDisposable
{
    private const int Rows = 600_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_import_goes_on_when_there_is_room_again_and_stores_nothing_twice()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder["disk"], megabytes: 32);
        string ballast = Path.Combine(_folder["disk"], "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[30 << 20]);
        string file = _folder["rows.csv"];
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + i},{Math.Sin(i)}")).Prepend("time,v"));
        ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = Path.Combine(_folder["disk"], "store.cdb"), KeyFolder = _folder["keys"] });
        await using (client)
        {
            CdbPath stream = client.Identity.Child("v");
            StoreException error = await Assert.ThrowsAsync<StoreException>(() => ImportAsync(client, stream, file));
            Assert.Equal(StoreFault.DiskFull, error.Fault);
            long stored = await client.CountAsync(stream, Some.NoToken);

            File.Delete(ballast);
            CsvImportResult result = await ImportAsync(client, stream, file);
            Assert.Equal((Rows - stored, stored, 0L), (result.Stored, result.AlreadyThere, result.Rejected));
            List<Datapoint> points = await Some.Points(client.ReadAsync(new DataQuery(stream), Some.NoToken));
            Assert.Equal(Enumerable.Range(0, Rows).Select(i => Math.Sin(i)), points.Select(point => point.Value.AsDouble()));
        }
    }

    private static async Task<CsvImportResult> ImportAsync(ICdbClient client, CdbPath stream, string file)
    {
        await using CsvImport import = await CsvImport.OpenAsync(client, file, new CsvImportOptions { Streams = [stream], CreateStreams = true }, Some.NoToken);
        await foreach (CsvImportStep _ in import.RunAsync(Some.NoToken))
        {
        }

        return import.Result;
    }
}
