using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>
/// A process that writes and sends is killed at random. Each destination receives all acknowledged entries, a ConnectorDB exactly once
/// and in order.
/// </summary>
public sealed class LoggerCrashTests(InfluxServer influx) : IClassFixture<InfluxServer>, IAsyncDisposable
{
    private const string Kills = "CONNECTORDB_CRASH_KILLS";
    private const int FewKills = 6;
    private const int FewReplacements = 2;
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [SkippableFact]
    public async Task A_killed_logger_delivers_all_acknowledged_entries_once_in_order()
    {
        influx.SkipWhenMissing();
        string lines = Path.ChangeExtension(_file.Path, "jsonl");
        int kills = int.TryParse(Environment.GetEnvironmentVariable(Kills), CultureInfo.InvariantCulture, out int given) ? given : FewKills;
        Random random = new(5);
        _file.Logger.Change(settings => settings with { IsContinuous = true, SyncPeriod = TimeSpan.FromSeconds(1) });
        _file.Logger.AddSink(_file.ToDatabase);
        _file.Logger.AddSink(new InfluxDbSettings { Url = influx.Url, Version = 1, Database = "crash", CreateDatabase = true });
        _file.Logger.AddSink(new JsonFileSettings { Path = lines });
        _file.AddStream("x");
        List<long> acknowledged = [];
        for (int i = 0; i < kills; i++)
        {
            acknowledged.AddRange(RunAndKill((i + 1) * 1_000_000L, random.Next(1, 2000)));
        }

        Assert.True((await _file.Sync()).Succeeded);

        long[] stored = _file.Stored("x");
        Assert.Equal(stored.Distinct().Order(), stored);
        Assert.Empty(acknowledged.Except(stored));
        Assert.InRange(stored.Length, acknowledged.Count, acknowledged.Count + kills);
        Assert.Empty(_file.Logger.ListDeadLetters());
        Assert.Equal(stored, influx.Query("crash", "SELECT value FROM x").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => long.Parse(row.Split(',')[^1].TrimEnd('i'), CultureInfo.InvariantCulture)));
        Assert.Equal(stored, File.ReadLines(lines).Select(line => (long)DataValue.Parse(line).AsObject().Single(member => member.Key == "t").Value.AsDouble()).Distinct().Order());
    }

    [Fact]
    public async Task Entries_of_a_killed_logger_go_to_the_destination_of_their_time_while_another_one_hangs()
    {
        TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using LoopbackServer hanging = new() { Answer = _ => LoopbackReply.NoContent with { Before = answers.Task } };
        int kills = int.TryParse(Environment.GetEnvironmentVariable(Kills), CultureInfo.InvariantCulture, out int given) ? given : FewReplacements;
        Random random = new(7);
        _file.Logger.Change(settings => settings with { IsContinuous = true, SyncPeriod = TimeSpan.FromSeconds(1) });
        _file.Logger.AddSink(new InfluxDbSettings { Name = "hanging", Url = hanging.Url, Database = "d" });
        _file.AddStream("x");
        List<long>[] acknowledged = new List<long>[kills];
        for (int i = 0; i < kills; i++)
        {
            _file.Logger.AddSink(_file.ToDatabase with { Name = "out", Path = StoreOf(i) });
            acknowledged[i] = RunAndKill((i + 1) * 1_000_000L, random.Next(1, 400));
        }

        answers.SetResult();
        int killed = hanging.Requests.Count;
        Assert.True((await _file.Sync()).Succeeded);

        for (int i = 0; i < kills; i++)
        {
            long[] stored = await StoredAsync(StoreOf(i));
            Assert.Equal(stored.Distinct().Order(), stored);
            Assert.Empty(acknowledged[i].Except(stored));
            Assert.All(stored, number => Assert.Equal(i + 1, number / 1_000_000));
            Assert.InRange(stored.Length, acknowledged[i].Count, acknowledged[i].Count + 1);
        }

        HashSet<long> received = [.. hanging.Requests.Skip(killed).SelectMany(request => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => long.Parse(line.Split("value=")[1].Split('i')[0], CultureInfo.InvariantCulture))];
        Assert.Empty(acknowledged.SelectMany(numbers => numbers).Except(received));
        Assert.Equal(["hanging", "out"], _file.Logger.GetStatus().Destinations.Select(each => each.Name));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);

        string StoreOf(int round) => $"{_file.Path}.{round}.cdb";
    }

    [Fact]
    public async Task A_killed_logger_delivers_the_entries_of_many_streams_once_in_order_also_where_one_of_them_rejects_some()
    {
        const int Streams = 20;
        const int Killed = 3;
        _file.Database.AddStream("me/user/s0", new StreamDefinition { Schema = """{"type":"integer","not":{"multipleOf":7}}""" });
        _file.Logger.Change(settings => settings with { IsContinuous = true, SyncPeriod = TimeSpan.FromSeconds(1) });
        _file.Logger.AddSink(_file.ToDatabase);
        for (int i = 0; i < Streams; i++)
        {
            _file.AddStream($"s{i}");
        }

        Random random = new(11);
        List<long> acknowledged = [];
        for (int i = 0; i < Killed; i++)
        {
            acknowledged.AddRange(RunAndKill((i + 1) * 1_000_000L, random.Next(1, 300)));
        }

        await _file.Sync();

        long[] stored = _file.Stored("s1");
        Assert.Equal(stored.Distinct().Order(), stored);
        Assert.Empty(acknowledged.Except(stored));
        Assert.InRange(stored.Length, acknowledged.Count, acknowledged.Count + Killed);
        Assert.All(Enumerable.Range(2, Streams - 2), i => Assert.Equal(stored, _file.Stored($"s{i}")));
        Assert.Equal(stored.Where(number => number % 7 != 0), _file.Stored("s0"));
        Assert.Equal(stored.Where(number => number % 7 == 0), _file.Logger.ListDeadLetters().Select(letter => (long)letter.Point.T));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    private async Task<long[]> StoredAsync(string store)
    {
        await using ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = store, KeyFolder = _file.Database.KeyFolder });
        List<long> numbers = [];
        await foreach (Block block in client.ReadAsync(new DataQuery(CdbPath.Parse("me/user/x")), Some.NoToken))
        {
            numbers.AddRange(Enumerable.Range(0, block.Count).Select(i => block.Values[i].AsInteger()));
        }

        return [.. numbers];
    }

    /// <summary>The numbers that a process reported as written before it was killed.</summary>
    private List<long> RunAndKill(long first, int lines)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Writer.dll");
        ProcessStartInfo start = new("dotnet", [program, "log", _file.Path, _file.Database.KeyFolder, first.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        List<long> said = [];
        while (process.StandardOutput.ReadLine() is { Length: > 0 } line)
        {
            said.Add(long.Parse(line, CultureInfo.InvariantCulture));
            if (said.Count == lines)
            {
                process.Kill();
            }
        }

        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(said.Count >= lines, errors);
        return said;
    }
}
