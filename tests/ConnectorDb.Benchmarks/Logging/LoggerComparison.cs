using System.Diagnostics;
using System.Management.Automation.Runspaces;
using ConnectorDb.Benchmarks.Cmdlets;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Benchmarks.Logging;

/// <summary>
/// Durable writes to a logger one by one and in batches, by the engine and by the cmdlet, and sending to an embedded store and a server; beside SQLite alone, and beside the way
/// of the original logger: a transaction of the default journal for each insert. The best of three rounds counts.
/// </summary>
internal static class LoggerComparison
{
    private const int Calls = 20_000;
    private const int Few = 2_000;
    private const int Many = 1_000_000;
    private const int BatchSize = 4096;
    private const int Rounds = 3;

    public static async Task RunAsync()
    {
        Dictionary<string, (double Best, double Processor)> rates = [];
        using ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(streams: 1);
        for (int round = 0; round < Rounds; round++)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("connectordb-benchmark-");
            using (RowWriter bare = new(Path.Combine(folder.FullName, "bare.db"), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"))
            using (RowWriter original = new(Path.Combine(folder.FullName, "original.db"), "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"))
            {
                Note(rates, "SQLite alone, WAL, a transaction each", Calls, () => bare.Write(Calls));
                Note(rates, "SQLite alone, default journal, a transaction each", Few, () => original.Write(Few));
            }

            await RunAsync(folder.FullName, new ConnectorDbSettings { Path = Path.Combine(folder.FullName, "store.cdb"), KeyFolder = Path.Combine(folder.FullName, "keys") }, "a store", rates);
            await RunAsync(folder.FullName, new ConnectorDbSettings { Url = server.Root, ApiKey = new SecretText(server.ApiKey!) }, "a server", rates);
            RunCmdlets(folder.FullName, rates);
            folder.Delete(recursive: true);
        }

        foreach ((string name, (double best, double processor)) in rates)
        {
            Console.WriteLine($"{name,-55} {best,12:N0} /s {1e6 / processor,10:F2} s of processor per million");
        }
    }

    private static async Task RunAsync(string folder, ConnectorDbSettings sink, string where, Dictionary<string, (double, double)> rates)
    {
        await using DataLogger logger = Open(Path.Combine(folder, $"{where}.db"), sink);
        logger.AddChannel(new LogChannel { Name = "x", IsToCreate = true, Definition = new StreamDefinition { Schema = """{"type":"number"}""" } });
        await SyncAsync(logger);

        Note(rates, "Write, one by one", Calls, () => WriteAll(logger, Calls, 1));
        Note(rates, $"Sync to {where}, written one by one", Calls, () => SyncAsync(logger).GetAwaiter().GetResult());
        Note(rates, "Write, in batches", Many, () => WriteAll(logger, Many, BatchSize));
        Note(rates, $"Sync to {where}, batches", Many, () => SyncAsync(logger).GetAwaiter().GetResult());
    }

    /// <summary>A logger in this file that sends to this destination.</summary>
    public static DataLogger Open(string path, ConnectorDbSettings sink)
    {
        SinkContext context = new() { Connect = Connect };
        DataLogger logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = path,
            KeyFolder = Path.Combine(Path.GetDirectoryName(path)!, "keys"),
            OpenSink = settings => SinkCatalog.Open(settings, context),
        });
        logger.AddSink(sink);
        return logger;
    }

    private static ICdbClient Connect(ConnectorDbSettings settings) => settings.Url is { } url
        ? RemoteClient.OpenAsync(new RemoteOptions { Url = new Uri(url), ApiKey = settings.ApiKey!.Reveal() }, CancellationToken.None).GetAwaiter().GetResult()
        : EmbeddedClient.Open(new EmbeddedOptions { Path = settings.Path, KeyFolder = settings.KeyFolder });

    private static void RunCmdlets(string folder, Dictionary<string, (double, double)> rates)
    {
        using Runspace runspace = ModuleRunspace.Open(InitialSessionState.CreateDefault2());
        ModuleRunspace.Invoke(runspace, $"$log = New-CdbLogger '{folder}/cmdlets.db' -Sink (New-CdbSink -JsonFile '{folder}/out.jsonl'); Add-CdbLoggerStream x -Schema number -Force");
        Note(rates, "Write-CdbLog, one by one in a loop", Calls, () => ModuleRunspace.Invoke(runspace, $"foreach ($i in 1..{Calls}) {{ Write-CdbLog x $i -Logger $log }}"));
        Note(rates, "Write-CdbLog, numbers from the pipeline", Many, () => ModuleRunspace.Invoke(runspace, $"1..{Many} | Write-CdbLog x -Logger $log"));
        ModuleRunspace.Invoke(runspace, "Stop-CdbLogger $log");
    }

    private static void WriteAll(DataLogger logger, int count, int size)
    {
        for (int start = 0; start < count; start += size)
        {
            double[] numbers = [.. Enumerable.Range(start, Math.Min(size, count - start)).Select(n => n * 0.5)];
            double now = UnixTime.FromDateTimeOffset(DateTimeOffset.UtcNow);
            logger.Write("x", new Block(Enumerable.Repeat(now, numbers.Length).ToArray(), new NumberColumn(numbers)));
        }
    }

    public static async Task SyncAsync(DataLogger logger)
    {
        SyncResult result = await logger.SyncAsync(TimeSpan.Zero, CancellationToken.None);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Destinations[0].Error);
        }
    }

    private static void Note(Dictionary<string, (double Best, double Processor)> rates, string name, int count, Action work)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        work();
        double rate = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        self.Refresh();
        double processor = count / (self.TotalProcessorTime - before).TotalSeconds;
        (double best, double least) = rates.GetValueOrDefault(name);
        rates[name] = (Math.Max(best, rate), Math.Max(least, processor));
    }
}
