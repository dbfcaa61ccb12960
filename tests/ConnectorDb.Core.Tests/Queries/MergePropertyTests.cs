using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;
using CsCheck;

namespace ConnectorDb.Core.Tests.Queries;

public sealed class MergePropertyTests
{
    private static readonly Gen<double[]> s_times = Gen.Int[0, 40].Array[0, 30].Select(times => times.Order().Select(time => time / 2.0).ToArray());

    [Fact]
    public Task A_merge_equals_a_stable_sort()
        => Gen.Select(s_times.Array[0, 12], Gen.Int[1, 12]).SampleAsync(async (streams, blockSize) =>
        {
            (double T, DataValue Value)[][] points = streams
                .Select((times, stream) => times.Select((t, i) => (t, DataValue.From($"{stream}:{i}"))).ToArray()).ToArray();
            MemoryStreams reader = new(blockSize);
            DataQuery[] queries = points.Select((stream, i) =>
            {
                reader.With($"u/d/s{i}", stream);
                return new DataQuery(CdbPath.Parse($"u/d/s{i}"));
            }).ToArray();

            Rows actual = await Rows.OfAsync(Merge.ReadAsync(queries, reader));

            Rows expected = new(points.SelectMany(stream => stream).OrderBy(point => point.T).ToArray(), null);
            Assert.Equal(expected.ToString(), actual.ToString());
            Assert.Equal(0, reader.OpenReads);
            List<Datapoint> named = await Some.Points(Merge.ReadAsync(queries, reader));
            Assert.All(named, point => Assert.StartsWith($"{point.Stream!["u/d/s".Length..]}:", point.GetValue().AsText(), StringComparison.Ordinal));
        }, iter: 500);

    [Fact]
    public Task Long_runs_of_one_stream_and_short_ones_come_in_order()
        => Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 5000], Gen.Int[0, 3000], Gen.Int[500, 2000]).SampleAsync(async (count, start, other, blockSize) =>
        {
            MemoryStreams reader = new(blockSize);
            (double, double)[] a = Enumerable.Range(0, count).Select(i => ((double)i, -1.0 * i)).ToArray();
            (double, double)[] b = Enumerable.Range(0, other).Select(i => (start + (i * 0.75), 1.0 * i)).ToArray();
            reader.With("u/d/a", a).With("u/d/b", b);

            List<Datapoint> actual = await Some.Points(Merge.ReadAsync([Query("u/d/a"), Query("u/d/b")], reader));

            Assert.Equal(
                a.Select(point => (point, "u/d/a")).Concat(b.Select(point => (point, "u/d/b"))).OrderBy(point => point.point.Item1),
                actual.Select(point => ((point.T, point.GetValue().AsDouble()), point.Stream!)));
        }, iter: 40);

    [Fact]
    public async Task The_order_inside_a_stream_is_kept_even_when_times_decrease()
    {
        Block unordered = new(new double[] { 3, 1, 4, 2 }, new TextColumn(new[] { "a", "b", "c", "d" }));
        MemoryStreams reader = new MemoryStreams(2).With("u/d/a", unordered).With("u/d/b", (2, DataValue.From("x")), (3.5, DataValue.From("y")));

        Rows rows = await Rows.OfAsync(Merge.ReadAsync([Query("u/d/a"), Query("u/d/b")], reader));

        Assert.Equal("2 \"x\"\n3 \"a\"\n1 \"b\"\n3.5 \"y\"\n4 \"c\"\n2 \"d\"", rows.ToString());
    }

    private static DataQuery Query(string path) => new(CdbPath.Parse(path));
}
