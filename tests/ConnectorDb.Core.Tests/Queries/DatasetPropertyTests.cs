using ConnectorDb.Core.Queries;
using CsCheck;

namespace ConnectorDb.Core.Tests.Queries;

public sealed class DatasetPropertyTests
{
    private static readonly string[] s_interpolators = ["before", "after", "closest", "linear", "count", "sum", "mean", "min", "max", "first", "last"];

    private static readonly Gen<DataValue> s_value = Gen.Frequency(
        (8, Gen.Int[-20, 20].Select(number => DataValue.From(number / 4.0))),
        (2, Gen.Int[-3, 3].Select(number => DataValue.From((long)number))),
        (1, Gen.Const(DataValue.Null)));

    /// <summary>Ordered times on quarters of a second, many of them equal.</summary>
    private static readonly Gen<(double T, DataValue Value)[]> s_stream =
        Gen.Select(Gen.Int[0, 120], s_value).Array[0, 60]
            .Select(points => points.OrderBy(point => point.Item1).Select(point => (point.Item1 / 4.0, point.Item2)).ToArray());

    private static readonly Gen<(string Interpolator, bool AllowNull, int Stream)[]> s_columns =
        Gen.Select(OneOf(s_interpolators), Gen.Bool, Gen.Int[0, 1]).Array[1, 4];

    [Fact]
    public Task A_dataset_over_time_equals_the_naive_one()
        => Gen.Select(s_stream, s_stream, s_columns, Gen.Int[0, 80], OneOf(0.25, 0.7, 1, 2.5, 9), Gen.Int[1, 40], Gen.Int[1, 70])
            .SampleAsync(async (a, b, columns, start, dt, rows, blockSize) =>
            {
                double t1 = start / 4.0;
                List<double> times = [];
                for (double t = t1; t < t1 + (rows * dt); t += dt)
                {
                    times.Add(t);
                }

                DatasetQuery query = new() { T1 = t1, T2 = t1 + (rows * dt), Dt = dt, Columns = Columns(columns) };
                await CheckAsync(query, [a, b], columns, blockSize, times.Select(t => (t, (DataValue?)null)), t1 > 0 ? t1 - dt : double.NegativeInfinity, dt);
            }, iter: 500);

    [Fact]
    public Task A_dataset_over_a_stream_equals_the_naive_one()
        => Gen.Select(s_stream, s_stream, s_columns, Gen.Int[0, 80], Gen.Int[1, 70])
            .SampleAsync(async (a, b, columns, start, blockSize) =>
            {
                double? t1 = start < 4 ? null : start / 4.0;
                DatasetQuery query = new() { X = [new DataQuery(Path(0)) { T1 = t1 }], Columns = Columns(columns) };
                IEnumerable<(double, DataValue?)> rows = a.Where(point => t1 is null || point.T > t1).Select(point => (point.T, (DataValue?)point.Value));
                await CheckAsync(query, [a, b], columns, blockSize, rows, t1 ?? double.NegativeInfinity, dt: null);
            }, iter: 500);

    private static async Task CheckAsync(
        DatasetQuery query, (double T, DataValue Value)[][] streams, (string Interpolator, bool AllowNull, int Stream)[] columns,
        int blockSize, IEnumerable<(double T, DataValue? X)> rows, double after, double? dt)
    {
        List<(double, DataValue)> expected = [];
        after = dt is { } step && query.T1 is { } t1 ? t1 - step : after;
        foreach ((double t, DataValue? x) in rows)
        {
            double from = after;
            DataValue[] values = columns.Select(column => NaiveDataset.Value(column.Interpolator, streams[column.Stream], from, t)).ToArray();
            after = t;
            if (!columns.Where((column, i) => !column.AllowNull && values[i].IsNull).Any())
            {
                IEnumerable<KeyValuePair<string, DataValue>> members = values.Select((value, i) => KeyValuePair.Create($"c{i}", value));
                expected.Add((t, DataValue.From(new DataObject((x is { } value ? members.Prepend(new("x", value)) : members).ToArray()))));
            }
        }

        MemoryStreams reader = new(blockSize);
        reader.With(Path(0).ToString(), streams[0]).With(Path(1).ToString(), streams[1]);
        Rows actual = await Rows.OfAsync(Dataset.ReadAsync(query, reader));

        Assert.Equal(new Rows(expected, null).ToString(), actual.ToString());
        Assert.Null(actual.Failure);
        Assert.Equal(0, reader.OpenReads);
    }

    private static DatasetColumn[] Columns((string Interpolator, bool AllowNull, int Stream)[] columns)
        => columns.Select((column, i) => new DatasetColumn
        {
            Name = $"c{i}",
            Interpolator = column.Interpolator,
            AllowNull = column.AllowNull,
            Sources = [new DataQuery(Path(column.Stream))],
        }).ToArray();

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static CdbPath Path(int stream) => CdbPath.Parse($"u/d/s{stream}");
}
