using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Tests.Queries;
using ConnectorDb.Core.Tests.Support;
using CsCheck;

namespace ConnectorDb.Core.Tests.Engine;

/// <summary>Datasets whose rows need no more than the datapoints next to them must be as if all had been read.</summary>
public abstract class NeighbourScanSuite : IDisposable
{
    private const int Segment = 4096;

    private static readonly string[] s_interpolators = ["before", "after", "closest", "linear", "first", "last", "count"];

    private readonly Database _database;
    private readonly CdbPath _a;
    private readonly CdbPath _b;

    protected NeighbourScanSuite(Database database)
    {
        _database = database;
        _a = _database.AddStream("me/user/a");
        _b = _database.AddStream("me/user/b");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public Task Rows_are_those_of_a_full_read_wherever_they_fall()
        => Gen.Int.SampleAsync(
            async seed =>
            {
                Random random = new(seed);
                using Database database = new();
                MemoryStreams plain = new(1000);
                CdbPath[] streams = [database.AddStream("me/user/a"), database.AddStream("me/user/b")];
                foreach (CdbPath stream in streams)
                {
                    Fill(database, plain, stream, random, Values);
                }

                CdbPath objects = database.AddStream("me/user/objects");
                Fill(database, plain, objects, random, Objects);
                for (int query = 0; query < 8; query++)
                {
                    DatasetQuery next = Query(streams, random);
                    await CheckAsync(database, plain, next);
                    await CheckAsync(database, plain, next with { Columns = [MemberColumn(next.Columns[0].Interpolator, objects)] });
                }
            },
            iter: 8,
            threads: 1);

    [SkippableTheory]
    [InlineData(0, 20_000, 100)]
    [InlineData(-1, 12_300, 4096)]
    [InlineData(4095, 4097, 0.25)]
    [InlineData(4000, 20_000, 5000)]
    [InlineData(8191, 8193, 1)]
    [InlineData(13_000, 13_001, 0.5)]
    public async Task Rows_at_the_borders_of_segments_have_both_neighbours(double t1, double t2, double dt)
    {
        MemoryStreams plain = new(500);
        Append(_database, plain, _a, Some.Numbers(3 * Segment, firstT: 0));
        Append(_database, plain, _b, Some.Numbers(100, firstT: 0));
        foreach (string interpolator in s_interpolators)
        {
            await CheckAsync(_database, plain, new DatasetQuery { T1 = Math.Max(0, t1), T2 = t2, Dt = dt, Columns = [Column("a", interpolator, _a), Column("b", interpolator, _b), Column("both", interpolator, _b, _a)] });
        }
    }

    [SkippableTheory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("closest")]
    [InlineData("linear")]
    [InlineData("first")]
    [InlineData("last")]
    public async Task Segments_that_no_row_falls_into_are_not_opened(string interpolator)
    {
        MemoryStreams plain = new(500);
        Append(_database, plain, _a, Some.Numbers(6 * Segment, firstT: 0));
        DatasetQuery query = new() { T1 = 100, T2 = 30_000, Dt = 3 * Segment, Columns = [Column("a", interpolator, _a)] };
        string expected = (await Rows.OfAsync(Dataset.ReadAsync(query, plain))).ToString();
        Damage("start IN (4096, 8192, 16384)");

        Assert.Equal(expected, (await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken))).ToString());
    }

    [SkippableTheory]
    [InlineData("closest")]
    [InlineData("linear")]
    public async Task Segments_of_objects_that_no_row_falls_into_are_opened_only_if_one_lacks_the_member(string interpolator)
    {
        _database.Append(_a, Records(6 * Segment, 0));
        DatasetQuery query = new() { T1 = 100, T2 = 30_000, Dt = 3 * Segment, Columns = [MemberColumn(interpolator, _a)] };
        string expected = (await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken))).ToString();
        Damage("start IN (4096, 8192, 16384)");
        Assert.Equal(expected, (await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken))).ToString());

        _database.Append(_b, Records(2 * Segment, 0));
        _database.Append(_b, Some.Point(2 * Segment, DataValue.Parse("""{"name":"x"}""")));
        _database.Append(_b, Records(2 * Segment, (2 * Segment) + 1));
        Rows rows = await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query with { Columns = [MemberColumn(interpolator, _b)] }, Some.NoToken));
        Assert.Contains("has no member", rows.Failure!.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Segments_after_the_last_row_are_not_opened()
    {
        _database.Append(_a, Some.Numbers(3 * Segment, firstT: 0));
        Damage("start > 0");
        DatasetQuery query = new() { T1 = 0, T2 = 4000, Dt = 100, Columns = [Column("a", "closest", _a)] };

        Assert.Equal(40, (await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken))).Points.Count);
    }

    [SkippableFact]
    public async Task The_first_of_very_many_rows_are_returned_at_once()
    {
        const double Day = 86_400;
        double[] days = [.. Enumerable.Range(0, 5000).Select(day => day * Day)];
        _database.Append(_a, new Block(days, new NumberColumn(days)));
        DatasetQuery query = new() { T1 = 0, T2 = days[^1], Dt = 0.000_1, Force = true, Columns = [Column("a", "closest", _a)] };

        Block first = await Task.Run(() => _database.Engine.Dataset(_database.Me, query, Some.NoToken).FirstAsync().AsTask()).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, first.Times.Span[0]);
    }

    [SkippableFact]
    public async Task Rows_before_a_damaged_segment_are_given_before_it_is_named()
    {
        _database.Append(_a, Some.Numbers(40 * Segment, firstT: 0));
        Damage("start = 81920");
        DatasetQuery query = new() { T1 = 0, T2 = 200_000, Dt = 100, Columns = [Column("a", "closest", _a)] };

        Rows rows = await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken));

        Assert.Equal(StoreFault.Damaged, Assert.IsType<StoreException>(rows.Failure).Fault);
        Assert.Equal(820, rows.Points.Count);
        Assert.Equal(81_900, rows.Points[^1].T);
    }

    [SkippableFact]
    public async Task A_stream_without_datapoints_has_no_values()
    {
        DatasetQuery query = new() { T1 = 0, T2 = 3, Dt = 1, Columns = [Column("a", "closest", _a)] };

        Rows rows = await Rows.OfAsync(_database.Engine.Dataset(_database.Me, query, Some.NoToken));

        Assert.Equal(3, rows.Points.Count);
        Assert.All(rows.Points, row => Assert.True(Assert.Single(row.Value.AsObject()).Value.IsNull));
    }

    private static async Task CheckAsync(Database database, MemoryStreams plain, DatasetQuery query)
    {
        Rows expected = await Rows.OfAsync(Dataset.ReadAsync(query, plain));
        Rows actual = await Rows.OfAsync(database.Engine.Dataset(database.Me, query, Some.NoToken));
        Assert.Equal(expected.Failure?.Message, actual.Failure?.Message);
        Assert.Equal(expected.ToString(), actual.ToString());
    }

    private static DatasetQuery Query(CdbPath[] streams, Random random)
    {
        double dt = new[] { 0.4, 1, 7.7, 100, 3000, 20_000 }[random.Next(6)];
        double t1 = random.Next(0, 30_000);
        string interpolator = s_interpolators[random.Next(s_interpolators.Length)];
        bool isByDay = random.Next(6) == 0;
        return new DatasetQuery
        {
            T1 = t1,
            T2 = t1 + (dt * random.Next(1, 300)) + (isByDay ? 200_000 : 0),
            Dt = isByDay ? null : dt,
            Step = isByDay ? new CalendarStep(1, CalendarUnit.Day) : null,
            TimeZone = isByDay ? "Asia/Kolkata" : null,
            Stamp = (RowStamp)random.Next(2),
            Columns =
            [
                Column("a", interpolator, streams[0]),
                Column("b", interpolator, streams[1]),
                Column("both", interpolator, streams),
                new DatasetColumn { Name = "range", Interpolator = interpolator, AllowNull = true, Sources = [new DataQuery(streams[0]) { I1 = random.Next(200), I2 = random.Next(200, 12_000) }] },
                new DatasetColumn { Name = "time", Interpolator = interpolator, AllowNull = true, Sources = [new DataQuery(streams[1]) { T1 = random.Next(40_000) }] },
                new DatasetColumn { Name = "some", Interpolator = interpolator, AllowNull = true, Sources = [new DataQuery(streams[0]) { Limit = random.Next(9000) }] },
                new DatasetColumn { Name = "twice", Interpolator = interpolator, AllowNull = true, Sources = [new DataQuery(streams[0]) { Transform = "$ * 2" }] },
            ],
        };
    }

    private static DatasetColumn Column(string name, string interpolator, params CdbPath[] streams) => new()
    {
        Name = name,
        Interpolator = interpolator,
        AllowNull = true,
        Sources = [.. streams.Select(stream => new DataQuery(stream))],
    };

    /// <summary>Several appends, so that there are segments and a tail, each with times and values of its own kind.</summary>
    private static void Fill(Database database, MemoryStreams plain, CdbPath stream, Random random, Func<int, Random, Column> values)
    {
        double t = random.Next(5000);
        List<Block> blocks = [];
        for (int part = random.Next(1, 6); part > 0; part--)
        {
            int count = random.Next(3) == 0 ? random.Next(1, 50) : random.Next(1, 9000);
            double[] times = Times(t, count, random);
            t = times[^1] + (random.Next(2) * random.Next(10_000));
            Block block = new(times, values(count, random));
            database.Append(stream, block);
            blocks.Add(block);
        }

        plain.With(stream.ToString(), [.. Some.Points(blocks).Select(point => (point.T, point.Value))]);
    }

    private static double[] Times(double start, int count, Random random)
    {
        int kind = random.Next(5);
        double[] times = new double[count];
        double t = start;
        for (int i = 0; i < count; i++)
        {
            t += kind switch
            {
                0 => 1,
                1 => 0.1,
                2 => random.Next(4) == 0 ? random.Next(10) : 0,
                3 => random.NextDouble(),
                _ => i % 1000 == 999 ? 500 : 0.5,
            };
            times[i] = kind == 1 ? Math.Round(t, 1) : t;
        }

        return times;
    }

    private static Column Values(int count, Random random) => random.Next(6) switch
    {
        0 => new NumberColumn(Make(count, i => Math.Round(20 + Math.Sin(i / 100.0) + random.NextDouble(), 1))),
        1 => new NumberColumn(Make(count, _ => 100 * random.NextDouble())),
        2 => new NumberColumn(Make(count, _ => new[] { Math.PI, Math.E, -0.0 }[random.Next(3)])),
        3 => new IntegerColumn(Make(count, _ => random.NextInt64(1L << 50))),
        4 => new IntegerColumn(Make(count, i => (long)(i % 7))),
        _ => new ValueColumn(Make(count, i => i % 3 == 0 ? DataValue.From((double)i) : DataValue.From((long)i))),
    };

    /// <summary>Objects with the member v, as records or one by one; sometimes one object has none.</summary>
    private static Column Objects(int count, Random random)
    {
        RecordColumn records = new(["name", "v"], [new TextColumn(Make(count, i => $"n{i % 3}")), Values(count, random)], count);
        return random.Next(3) switch
        {
            0 => new ValueColumn(Make(count, i => records[i])),
            1 when random.Next(4) == 0 => new ValueColumn(Make(count, i => i == count / 2 ? DataValue.Parse("""{"name":"n0"}""") : records[i])),
            _ => records,
        };
    }

    private static Block Records(int count, double firstT)
    {
        Block numbers = Some.Numbers(count, firstT);
        return numbers.With(new RecordColumn(["name", "v"], [new TextColumn(Make(count, _ => "n")), numbers.Values], count));
    }

    private static DatasetColumn MemberColumn(string interpolator, CdbPath stream) => new()
    {
        Name = "member",
        Interpolator = interpolator,
        AllowNull = true,
        Sources = [new DataQuery(stream) { Transform = "$('v')" }],
    };

    private static T[] Make<T>(int count, Func<int, T> item) => [.. Enumerable.Range(0, count).Select(item)];

    private static void Append(Database database, MemoryStreams plain, CdbPath stream, Block block)
    {
        database.Append(stream, block);
        plain.With(stream.ToString(), block);
    }

    private void Damage(string where) => _database.Execute($"UPDATE segments SET content = substr(content, 1, 1) WHERE {where}");
}
