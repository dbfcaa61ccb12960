using System.Globalization;
using ConnectorDb;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Writer;

if (args[0] == "log")
{
    await LogWriter.RunAsync(args[1..]);
    return;
}

if (args[0] == "import")
{
    await Importer.RunAsync(args[1..]);
    return;
}

if (args[0] == "copy")
{
    StoreCopier.Run(args[1..]);
    return;
}

bool removes = args[0] == "remove";
args = removes ? args[1..] : args;

// Arguments: file, key folder, stream, how many datapoints in one call, how many calls.
// Each call appends the next whole numbers, their own times, and then says the last of them on standard output. After "remove", each
// other call removes half as many.
CdbPath stream = CdbPath.Parse(args[2]);
int size = int.Parse(args[3], CultureInfo.InvariantCulture);
int calls = int.Parse(args[4], CultureInfo.InvariantCulture);
await using ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = args[0], KeyFolder = args[1], As = stream.Parent });
long next = await client.CountAsync(stream, CancellationToken.None);
using Stream output = Console.OpenStandardOutput();
for (int call = 0; call < calls; call++)
{
    if (removes && call % 2 == 1)
    {
        await client.RemoveNewestAsync(stream, next - (size / 2), next, CancellationToken.None);
        next -= size / 2;
        Say(next - 1);
        continue;
    }

    double[] numbers = [.. Enumerable.Range(0, size).Select(i => (double)(next + i))];
    await client.AppendAsync(stream, new Block(numbers, new NumberColumn(numbers)), restamp: false, CancellationToken.None);
    next += size;
    Say(next - 1);
}

void Say(long last) => output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last}\n")));
