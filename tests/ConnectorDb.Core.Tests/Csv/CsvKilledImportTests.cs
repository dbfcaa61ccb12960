using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Csv;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Csv;

namespace ConnectorDb.Core.Tests.Csv;

/// <summary>An import of a file whose process is killed.</summary>
public sealed class CsvKilledImportTests : IDisposable
{
    private const int Rows = 200_000;
    private const double Start = 1_700_000_000;
    private readonly Database _database = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_repeated_import_goes_on_with_the_next_row()
    {
        CdbPath[] streams = [_database.AddStream("me/user/a"), _database.AddStream("me/user/b")];
        string file = _folder["rows.csv"];
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Rows).Select(Line).Prepend("time,a,b"));
        Random random = new(13);
        for (int i = 0; i < 6; i++)
        {
            using ImportProcess import = new(_database.File, _database.KeyFolder, file, streams);
            import.KillAfter(random.Next(1, 5));
            int rows = Check(streams, null);
            Assert.InRange(rows, 0, Rows);
        }

        CsvImportResult result = await ImportAsync(file, streams);
        Check(streams, Rows);
        Assert.Equal((Rows, 0), (result.Rows, result.Rejected));
        Assert.Equal(Rows + (Rows / 3) + 1, result.Stored + result.AlreadyThere);
    }

    // Rows of one time, columns with gaps.
    private static string Line(int row)
        => string.Create(CultureInfo.InvariantCulture, $"{TimeOf(row)},{row},{(row % 3 == 0 ? row : null)}");

    private static double TimeOf(int row) => Start + (row / 2);

    /// <summary>Both streams have the values of the same first rows of the file.</summary>
    private int Check(CdbPath[] streams, int? expected)
    {
        List<Datapoint> a = _database.Read(streams[0]);
        List<Datapoint> b = _database.Read(streams[1]);
        int rows = expected ?? a.Count;
        Assert.Equal(Enumerable.Range(0, rows).Select(row => (TimeOf(row), (double)row)), a.Select(Plain));
        Assert.Equal(Enumerable.Range(0, rows).Where(row => row % 3 == 0).Select(row => (TimeOf(row), (double)row)), b.Select(Plain));
        return rows;

        static (double, double) Plain(Datapoint point) => (point.T, point.Value.AsDouble());
    }

    private async Task<CsvImportResult> ImportAsync(string file, CdbPath[] streams)
    {
        await using ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = _database.File, KeyFolder = _database.KeyFolder });
        await using CsvImport import = await CsvImport.OpenAsync(client, file, new CsvImportOptions { Streams = streams }, Some.NoToken);
        await foreach (CsvImportStep _ in import.RunAsync(Some.NoToken))
        {
        }

        return import.Result;
    }
}
