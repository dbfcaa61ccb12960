using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Csv;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Csv;

/// <summary>An import of a file that another program still writes.</summary>
public sealed class CsvGrowingFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1700000001,12", true)]
    [InlineData("1700000001,12\n", false)]
    [InlineData("", false)]
    public async Task A_last_line_without_an_end_is_a_warning_when_the_file_grew(string added, bool isWarning)
    {
        string file = _folder["rows.csv"];
        await File.WriteAllTextAsync(file, added.Length > 0 ? "time,v\n1700000000,1.5\n" : "time,v\n1700000000,1.5");
        ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"] });
        await using (client)
        {
            CsvImportOptions options = new() { Streams = [client.Identity.Child("v")], CreateStreams = true };
            await using CsvImport import = await CsvImport.OpenAsync(client, file, options, Some.NoToken);
            await File.AppendAllTextAsync(file, added);
            await foreach (CsvImportStep _ in import.RunAsync(Some.NoToken))
            {
            }

            IReadOnlyList<string> warnings = import.TakeWarnings();
            Assert.Equal(isWarning, warnings.Count == 1);
            Assert.All(warnings, warning => Assert.Contains("grew during the import, and its last line (3) had no end", warning, StringComparison.Ordinal));
        }
    }
}
