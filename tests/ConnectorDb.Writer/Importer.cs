using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Csv;

namespace ConnectorDb.Writer;

/// <summary>Imports a CSV file or an exported folder, and says each step on standard output.</summary>
internal static class Importer
{
    /// <param name="arguments">The store, the key folder, the file or folder, and the streams of the columns.</param>
    public static async Task RunAsync(string[] arguments)
    {
        using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
        await using ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = arguments[0], KeyFolder = arguments[1] });
        if (arguments.Length > 3)
        {
            CsvImportOptions options = new() { Streams = [.. arguments[3..].Select(CdbPath.Parse)] };
            await using CsvImport import = await CsvImport.OpenAsync(client, arguments[2], options, CancellationToken.None);
            await foreach (CsvImportStep _ in import.RunAsync(CancellationToken.None))
            {
                output.WriteLine();
            }

            return;
        }

        ImportItem item = ImportFolder.Read(arguments[2])[0];
        Import folder = new(client, item, client.Identity.Parent!.Child(item.Name), new ImportOptions { Merge = true });
        await foreach (ExchangeStep _ in folder.RunAsync(CancellationToken.None))
        {
            output.WriteLine();
        }
    }
}
