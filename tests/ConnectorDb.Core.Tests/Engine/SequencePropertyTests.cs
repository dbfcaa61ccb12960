using ConnectorDb.Columns;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Tests.PipeScript;
using ConnectorDb.Core.Tests.Support;
using CsCheck;

namespace ConnectorDb.Core.Tests.Engine;

/// <summary>After any operations, a stream equals a list to which the same operations were applied.</summary>
public sealed class SequencePropertyTests
{
    private static readonly CdbPath s_stream = CdbPath.Parse("me/user/x");

    private static readonly Gen<DataValue> s_value = Gen.OneOf(
        Gen.Double[-1e6, 1e6].Select(DataValue.From),
        Gen.Long.Select(DataValue.From),
        Gen.String[0, 10].Where(text => text.All(c => !char.IsSurrogate(c))).Select(DataValue.From),
        Gen.Bool.Select(DataValue.From),
        Gen.Const(DataValue.Null),
        Gen.OneOf(-0.0, double.Epsilon, -2.2250738585072009e-308, 1e308, 0.1, 9007199254740991, 9007199254740992).Select(DataValue.From),
        Gen.OneOf(9007199254740993, -9007199254740993, long.MinValue, long.MaxValue).Select(DataValue.From),
        Gen.OneOf("1e400", "0.1000000000000000055511151231257827", """{"a":[1,2.5,"x"]}""", """{"a":{"b":[[],{},[{"c":null}]]},"":"æ😀"}""").Select(DataValue.Parse),
        Gen.Int[60_000, 200_000].Select(length => DataValue.From(new string('x', length))));

    /// <summary>Objects, most of one shape, which are stored as a column per member.</summary>
    private static readonly Gen<DataValue> s_object = Gen.Select(s_value, s_value, Gen.Frequency((20, Gen.Const("b")), (1, Gen.Const("c"))))
        .Select((a, b, name) => DataValue.From(new DataObject(KeyValuePair.Create("a", a), KeyValuePair.Create(name, b))));

    /// <summary>The origin of all times of a stream: before 1970, about now, ….</summary>
    private static readonly Gen<double> s_origin = Gen.OneOf(0, -2_000_000_000, -5.5, 1_700_000_000);

    /// <summary>Appends: how many datapoints, how far apart, from where (back in time where it is negative), of one kind or mixed.</summary>
    private static readonly Gen<(int Count, double Step, int Start, bool Restamp, bool IsNumbers, DataValue[] Values)> s_append = Gen.Select(
        Gen.Frequency((5, Gen.Int[1, 3]), (3, Gen.Int[4, 500]), (2, Gen.Int[3000, 9000])),
        Gen.OneOf(0, 0.000_001, 0.25, 1, 1, 300),
        Gen.Int[-5, 20],
        Gen.Bool,
        Gen.Bool,
        Gen.Frequency((2, s_value.Array[7]), (1, s_object.Array[7])));

    /// <summary>The part of the datapoints that stays after an append; all in most cases.</summary>
    private static readonly Gen<double> s_kept = Gen.Frequency((5, Gen.Const(1.0)), (2, Gen.Double[0.5, 1]), (1, Gen.Double[0, 1]), (1, Gen.Const(0.0)));

    [Fact]
    public void Any_appends_removals_reopenings_and_kills_read_by_index_and_time_equal_a_plain_list()
        => Gen.Select(Gen.Select(s_append, s_kept).List[1, 12], s_origin, Gen.Int[0, 12], Gen.Bool, Gen.Int).Sample(
            (steps, origin, reopenAfter, isKilled, seed) => Play(steps, origin, reopenAfter, isKilled, new Random(seed)),
            iter: 20,
            threads: 1);

    private static void Play(List<((int Count, double Step, int Start, bool Restamp, bool IsNumbers, DataValue[] Values) Append, double Kept)> steps, double origin, int reopenAfter, bool isKilled, Random random)
    {
        using TempFolder folder = new();
        CdbEngine engine = Open(folder, "store.cdb");
        engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
        Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
        engine.CreateStream(me, s_stream, new StreamDefinition(), Database.NoClient, Some.NoToken);
        List<(double T, DataValue Value)> plain = [];
        for (int i = 0; i < steps.Count; i++)
        {
            (int count, double step, int start, bool restamp, bool isNumbers, DataValue[] values) = steps[i].Append;
            double newest = plain.Count == 0 ? double.NegativeInfinity : plain[^1].T;
            List<(double T, DataValue Value)> points = MakePoints(count, Math.Max(newest, origin) + start, step, isNumbers, values);
            if (points[0].T < newest && !restamp)
            {
                Assert.Throws<TimeOrderException>(() => Append(engine, me, points, restamp));
                continue;
            }

            Append(engine, me, points, restamp);
            plain.AddRange(points.Select(point => (Math.Max(point.T, newest), point.Value)));
            int kept = (int)(plain.Count * steps[i].Kept);
            if (kept < plain.Count)
            {
                engine.RemoveNewest(me, s_stream, kept, plain.Count, Some.NoToken);
                plain.RemoveRange(kept, plain.Count - kept);
            }

            if (i == reopenAfter)
            {
                string file = isKilled ? LeaveBehind(folder) : "store.cdb";
                engine.Dispose();
                engine = Open(folder, file);
            }
        }

        using (engine)
        {
            Compare(engine, me, plain, random);
        }
    }

    /// <summary>Copies the files of the store, as a process that is killed now would leave them.</summary>
    private static string LeaveBehind(TempFolder folder)
    {
        File.Copy(folder["store.cdb"], folder["killed.cdb"]);
        File.Copy(folder["store.cdb-wal"], folder["killed.cdb-wal"]);
        return "killed.cdb";
    }

    private static void Compare(CdbEngine engine, Login me, List<(double T, DataValue Value)> plain, Random random)
    {
        Same(plain, new DataQuery(s_stream));
        Assert.Equal(plain.Count, engine.Count(me, s_stream, Some.NoToken));
        for (int i = 0; i < 20; i++)
        {
            long first = random.NextInt64(-plain.Count - 2, plain.Count + 2);
            long last = random.NextInt64(-plain.Count - 2, plain.Count + 2);
            int from = FromStart(first);
            int to = Math.Max(from, FromStart(last));
            Same(plain[from..to], new DataQuery(s_stream) { I1 = first, I2 = last });

            double t1 = plain.Count == 0 ? 0 : plain[random.Next(plain.Count)].T + random.Next(-1, 2);
            double t2 = t1 + random.Next(-10, 1000);
            Same([.. plain.Where(point => point.T > t1 && point.T <= t2)], new DataQuery(s_stream) { T1 = t1, T2 = t2 });
            Assert.Equal(plain.Count(point => point.T <= t1), engine.IndexOfTime(me, s_stream, t1, Some.NoToken));

            StreamSummary summary = engine.Summarize(me, new DataQuery(s_stream) { I1 = from, I2 = to }, Some.NoToken);
            double[] numbers = [.. plain[from..to].Where(point => point.Value.IsNumber).Select(point => point.Value.AsDouble())];
            Assert.Equal((to - from, numbers.LongLength), (summary.Count, summary.Numbers));
            Assert.Equal(numbers.Length == 0 ? null : numbers.Min(), summary.Minimum);
            Assert.Equal(numbers.Length == 0 ? null : numbers.Max(), summary.Maximum);
            ExactSum sum = new();
            sum.Add(numbers);
            Assert.Equal(numbers.Length == 0 ? null : sum.Rounded, summary.Sum);
        }

        List<Datapoint> all = [.. plain.Select(point => new Datapoint(point.T, point.Value))];
        foreach (string script in (string[])["sum | if last", "count | if last", "max | if last", "if $ > 3 | mean | if last"])
        {
            Assert.Equal(ScriptResult.Of(script, [Blocks.Narrow(all)]).ToString(), ScriptResult.Of(() => engine.Read(me, new DataQuery(s_stream) { Transform = script }, Some.NoToken)).ToString());
        }

        int FromStart(long index) => (int)Math.Clamp(index < 0 ? index + plain.Count : index, 0, plain.Count);

        void Same(List<(double T, DataValue Value)> expected, DataQuery query)
        {
            List<Datapoint> points = Some.Points(engine.Read(me, query, Some.NoToken));
            Assert.Equal(expected.Select(point => $"{point.T} {point.Value.Kind} {point.Value}"), points.Select(point => $"{point.T} {point.Value.Kind} {point.Value}"));
        }
    }

    private static void Append(CdbEngine engine, Login me, List<(double T, DataValue Value)> points, bool restamp)
    {
        BlockBuilder builder = new(points.Count, hasRecords: true);
        points.ForEach(point => builder.Add(point.T, point.Value));
        engine.Append(me, s_stream, builder.Build(), restamp, null, Some.NoToken, asExported: true);
    }

    private static List<(double T, DataValue Value)> MakePoints(int count, double start, double step, bool isNumbers, DataValue[] values)
        => [.. Enumerable.Range(0, count).Select(i => (start + (i * step), isNumbers ? DataValue.From(i * 0.1) : Pick(values, i)))];

    /// <summary>The values over and over, but huge texts only once.</summary>
    private static DataValue Pick(DataValue[] values, int i)
        => values[i % values.Length] is var value && i >= values.Length && ColumnWeight.Of(value) > 1000 ? DataValue.Null : value;

    private static CdbEngine Open(TempFolder folder, string file) => StoreFactory.OpenEngine(folder[file], folder["keys"], TimeProvider.System);
}
