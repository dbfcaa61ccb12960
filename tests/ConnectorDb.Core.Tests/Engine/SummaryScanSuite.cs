using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.PipeScript;
using ConnectorDb.Core.Tests.Support;
using CsCheck;

namespace ConnectorDb.Core.Tests.Engine;

/// <summary>Queries that open no more segments than they must answer as if they had opened all.</summary>
public abstract class SummaryScanSuite : IDisposable
{
    private const int Segment = 4096;

    private static readonly string[] s_scripts =
    [
        "sum | if last", "mean | if last", "count | if last", "max | if last", "min | if last", "if last", "if first", "if $ > 22 | count | if last",
        "if $ > 21 and $ < 24 | mean | if last", "if $ > 15 | sum | if last", "if $ > 1000000", "if not ($ < 1000000) | count | if last", "if i > 5000 | max | if last",
        "if t > 9000 | sum | if last", "sum", "if $ == 20 | count | if last",
    ];

    private readonly Database _database;
    private readonly CdbPath _stream;

    protected SummaryScanSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/x");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void Results_from_statistics_equal_those_of_a_scan()
        => Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[1, 3000]).Array[1, 8], Gen.Int).Sample(
            (parts, seed) =>
            {
                using Database database = new();
                CdbPath stream = database.AddStream("me/user/x");
                Random random = new(seed);
                List<Datapoint> plain = [];
                foreach ((int kind, int count) in parts)
                {
                    Block block = Make(kind, kind < 5 ? count * 3 : count, plain.Count, random);
                    database.Append(stream, block);
                    plain.AddRange(Some.Points([block]));
                }

                foreach (string script in s_scripts)
                {
                    int from = random.Next(3) == 0 ? random.Next(plain.Count) : 0;
                    int to = random.Next(3) == 0 ? random.Next(from, plain.Count) : plain.Count;
                    DataQuery query = random.Next(2) == 0
                        ? new DataQuery(stream) { I1 = from, I2 = to, Transform = script }
                        : new DataQuery(stream) { T1 = from - 1, T2 = to - 1, Transform = script };
                    Assert.Equal(Scan(script, plain[from..to]), Run(database, query));
                }
            },
            iter: 12,
            threads: 1);

    [SkippableTheory]
    [InlineData("sum | if last")]
    [InlineData("mean | if last")]
    [InlineData("count | if last")]
    [InlineData("if last")]
    [InlineData("if $ > 5 | count | if last")]
    [InlineData("if $ > -5 and t > -5 | mean | if last")]
    [InlineData("if $ >= 8192 | max | if last")]
    public void Whole_segments_are_not_opened(string script)
    {
        Block block = Some.Numbers(4 * Segment, firstT: 0);
        _database.Append(_stream, block);
        string expected = Scan(script, Some.Points([block]));
        Damage("start = 4096");

        Assert.Equal(expected, Run(_database, new DataQuery(_stream) { Transform = script }));
        Assert.Throws<StoreException>(() => Run(_database, new DataQuery(_stream)));
    }

    [SkippableFact]
    public void Segments_out_of_range_are_not_opened()
    {
        _database.Append(_stream, Some.Numbers(3 * Segment, firstT: 0));
        Damage("start < 8192");

        Assert.Equal(5, _database.Read(new DataQuery(_stream) { I1 = -5 }).Count);
        Assert.Equal(100, _database.Read(new DataQuery(_stream) { T1 = 10_000, T2 = 10_100 }).Count);
        Assert.Equal(8192, _database.Read(new DataQuery(_stream) { I1 = 8192, Limit = 1 })[0].T);
    }

    [SkippableFact]
    public void Segments_beyond_a_limit_are_not_opened()
    {
        _database.Append(_stream, Some.Numbers(3 * Segment, firstT: 0));
        Damage("start > 0");

        Assert.Equal(3, _database.Read(new DataQuery(_stream) { Limit = 3 }).Count);
        Assert.Equal([3.0], _database.Read(new DataQuery(_stream) { Limit = 1, Transform = "if $ > 2" }).Select(point => point.T));
    }

    [SkippableFact]
    public void Datapoints_before_a_damaged_segment_are_returned_before_the_error()
    {
        _database.Append(_stream, Some.Numbers(40 * Segment, firstT: 0));
        Damage("start = 81920");
        int count = 0;

        StoreException error = Assert.Throws<StoreException>(() =>
        {
            foreach (Block block in _database.Engine.Read(_database.Me, new DataQuery(_stream), Some.NoToken))
            {
                count += block.Count;
            }
        });

        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Contains("from 81920 to 86015", error.Message, StringComparison.Ordinal);
        Assert.Equal(81_920, count);
    }

    [SkippableFact]
    public void A_sum_continues_over_appends_of_any_size()
    {
        List<Datapoint> plain = [];
        Random random = new(1);
        for (int i = 0; i < 30; i++)
        {
            Block block = Make(1, random.Next(1, 400), plain.Count, random);
            _database.Append(_stream, block);
            plain.AddRange(Some.Points([block]));
            Assert.Equal(Scan("sum | if last", plain), Run(_database, new DataQuery(_stream) { Transform = "sum | if last" }));
        }
    }

    [SkippableTheory]
    [InlineData("count | if last")]
    [InlineData("sum | if last")]
    [InlineData("if last")]
    public void Datapoints_of_other_writers_keep_their_origin(string script)
    {
        _database.AddDevice("me/lamp");
        CdbPath light = _database.AddStream("me/lamp/light", new StreamDefinition { Downlink = true });
        _database.Engine.Append(_database.Me, light, Some.Numbers(2 * Segment), false, Some.NoToken);
        using IStore store = _database.OpenStore();
        CdbPath log = CdbPath.Parse("me/meta/log");
        store.Write(
            writer =>
            {
                StreamRecord stream = writer.FindStream(log) ?? writer.Add(new StreamRecord { DeviceId = writer.FindDevice(log.Parent!)!.Id, Path = log });
                Block lines = Some.Numbers(2 * Segment);
                writer.Append(stream.KeyOf(downlink: false), new Block(lines.Times, lines.Values, Fill<string?>(lines.Count, _ => "me/user")));
                return true;
            },
            Some.NoToken);

        foreach (CdbPath written in new[] { light.ToDownlink(), log })
        {
            Assert.Equal("me/user", Assert.Single(_database.Read(new DataQuery(written) { Transform = script })).Origin);
        }
    }

    /// <summary>Datapoints of a kind, one a second from the given index on.</summary>
    private static Block Make(int kind, int count, int start, Random random)
    {
        double[] odd = [0, -0.0, double.Epsilon, -1e-310, 9007199254740991, 9007199254740993, 1e300, -1e300, 0.1];
        Column values = kind switch
        {
            0 or 1 => new NumberColumn(Fill(count, i => Math.Round(20 + (5 * Math.Sin((start + i) / 900.0)) + random.NextDouble(), 1))),
            2 => new NumberColumn(Fill(count, _ => random.NextDouble() * 100)),
            3 => new IntegerColumn(Fill(count, i => (long)(i % 50))),
            4 => new NumberColumn(Fill(count, _ => odd[random.Next(odd.Length)])),
            5 => new IntegerColumn(Fill(count, i => i % 2 == 0 ? long.MaxValue - i : (1L << 53) + 1)),
            6 => new BooleanColumn(Fill(count, i => i % 3 == 0)),
            7 => new ValueColumn(Fill(count, i => i % 2 == 0 ? DataValue.From((double)i) : DataValue.From((long)i))),
            8 => new ValueColumn(Fill(count, i => i == count / 2 ? DataValue.Null : DataValue.From(21.5))),
            _ => new TextColumn(Fill(count, i => i == count - 1 && random.Next(2) == 0 ? "no number" : "22.5")),
        };
        return new Block(Fill(count, i => (double)(start + i)), values);
    }

    private static T[] Fill<T>(int count, Func<int, T> item) => [.. Enumerable.Range(0, count).Select(item)];

    private static string Scan(string script, List<Datapoint> points) => ScriptResult.Of(script, [Blocks.Narrow(points)]).ToString();

    private static string Run(Database database, DataQuery query) => ScriptResult.Of(() => database.Engine.Read(database.Me, query, Some.NoToken)).ToString();

    private void Damage(string where) => _database.Execute($"UPDATE segments SET content = substr(content, 1, 1) WHERE {where}");
}
