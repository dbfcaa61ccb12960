using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Benchmarks.Cmdlets;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Benchmarks.Logging;
using ConnectorDb.Columns;
using ConnectorDb.Core.Logging;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>Appends to many streams: by the cmdlet, and by a logger; and a table of many streams; to a store, and to a server in another process.</summary>
internal static class StreamRows
{
    private const int Points = 50_000;
    private const int Many = 10_000;
    private const int Few = 10;
    private const int Logged = 1_000;
    private const int LoggedEach = 10;

    /// <summary>A hosted PowerShell has no table to format them with.</summary>
    private const string TableOfStreams = "foreach ($s in Get-CdbStream 'listed/*' -Connection $admin) { foreach ($column in 'Count', 'Newest') { $null = [ConnectorDb.PowerShell.Display.StreamListing]::EndFor($column, $s) } }";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cdb-compare-");
        using (ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(streams: 0))
        {
            (string Where, string Goal, string SyncGoal, string Connect, string ConnectAs, ConnectorDbSettings Sink)[] places =
            [
                ("a store", "≤ 3 s, ≤ 2 × few", "≤ 500 ms", "Connect-Cdb $folder/store{0}.cdb", "Connect-Cdb $folder/store{0}.cdb -As me/many{0}", new() { Path = Path.Combine(folder.FullName, "logged.cdb"), KeyFolder = folder.FullName }),
                ("a server", "≤ 6 s", "≤ 1 s", "Connect-Cdb -Url $url -ApiKey $key", "Connect-Cdb -Url $url -ApiKey (Get-CdbDevice me/many{0} -Connection $admin).ApiKey", new() { Url = server.Root, ApiKey = new SecretText(server.ApiKey!) }),
            ];
            foreach ((string where, string goal, string syncGoal, string connect, string connectAs, ConnectorDbSettings sink) in places)
            {
                using Runspace runspace = Open(folder.FullName, server, connect, connectAs);
                yield return await Contest.RunAsync(
                    $"`Add-CdbDatapoint` of {Points:N0} datapoints over {Many:N0} streams to {where}", goal, Unit.Milliseconds, Contestant(runspace, Compare.Contestant.Us, Many), Contestant(runspace, $"over {Few} streams", Few));
                yield return await Contest.RunAsync(
                    $"`Get-CdbStream` of {Logged:N0} streams and what a table reads of them, from {where}", "≤ 300 ms", Unit.Milliseconds, new Contestant(Compare.Contestant.Us, () => Invoke(runspace, TableOfStreams)));
                yield return await SyncAsync($"sync of {Logged:N0} streams, {LoggedEach} values each, to {where}", syncGoal, Path.Combine(folder.FullName, where + ".log"), sink);
            }
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Each round continues in time, so that streams stay in order.</summary>
    private static Contestant Contestant(Runspace runspace, string name, int streams)
    {
        int round = 0;
        return new Contestant(
            name,
            () => Invoke(runspace, $"$points | Add-CdbDatapoint -Connection $owner{streams}"),
            () =>
            {
                double start = 1e6 * ++round;
                runspace.SessionStateProxy.SetVariable("points", Enumerable.Range(0, Points).Select(i => PointOf(streams, i, start + i)).ToArray());
                return ValueTask.CompletedTask;
            });
    }

    private static PSObject PointOf(int streams, int i, double t)
    {
        PSObject point = new();
        point.Properties.Add(new PSNoteProperty("Stream", $"s{i % streams}"));
        point.Properties.Add(new PSNoteProperty("t", t));
        point.Properties.Add(new PSNoteProperty("d", i * 0.5));
        return point;
    }

    private static async Task<Row> SyncAsync(string work, string goal, string path, ConnectorDbSettings sink)
    {
        await using DataLogger logger = LoggerComparison.Open(path, sink);
        for (int i = 0; i < Logged; i++)
        {
            logger.AddChannel(new LogChannel { Name = $"s{i}", IsToCreate = true });
        }

        double t = 0;
        return await Contest.RunAsync(
            work,
            goal,
            Unit.Milliseconds,
            new Contestant(
                Compare.Contestant.Us,
                async () => await LoggerComparison.SyncAsync(logger),
                () =>
                {
                    double[] times = [.. Enumerable.Range(0, LoggedEach).Select(_ => ++t)];
                    logger.Write([.. Enumerable.Range(0, Logged).Select(i => new ConnectorDb.Contracts.LogBlock($"s{i}", new Block(times, new NumberColumn(times))))]);
                    return ValueTask.CompletedTask;
                }));
    }

    /// <summary>Each number of streams has a store of its own, because a commit of another connection empties the caches of a writer.</summary>
    private static Runspace Open(string folder, ServerUnderLoad server, string connect, string connectAs)
    {
        Runspace runspace = ModuleRunspace.Open(InitialSessionState.CreateDefault2());
        runspace.SessionStateProxy.SetVariable("folder", folder);
        runspace.SessionStateProxy.SetVariable("url", server.Root);
        runspace.SessionStateProxy.SetVariable("key", server.ApiKey);
        foreach (int streams in (int[])[Many, Few])
        {
            ModuleRunspace.Invoke(runspace, $"$admin = {string.Format(CultureInfo.InvariantCulture, connect, streams)}");
            ModuleRunspace.Invoke(runspace, $"$streams = @{{}}; 0..{streams - 1} | ForEach-Object {{ $streams[\"s$_\"] = @{{}} }}; $null = New-CdbDevice many{streams} -Stream $streams");
            ModuleRunspace.Invoke(runspace, $"$owner{streams} = {string.Format(CultureInfo.InvariantCulture, connectAs, streams)}");
        }

        ModuleRunspace.Invoke(runspace, $"$streams = @{{}}; 1..{Logged} | ForEach-Object {{ $streams[\"s$_\"] = @{{}} }}; $null = New-CdbDevice listed -Stream $streams -Connection $admin");
        return runspace;
    }

    private static ValueTask Invoke(Runspace runspace, string script)
    {
        ModuleRunspace.Invoke(runspace, script);
        return ValueTask.CompletedTask;
    }
}
