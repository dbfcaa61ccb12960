using ConnectorDb.Columns;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments;

/// <summary>Blocks of every kind that a store may meet, and of some that it refuses before they reach a codec.</summary>
internal static class BlockGen
{
    private static readonly double[] s_oddDoubles =
    [
        0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, double.MaxValue, double.MinValue, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 9007199254740991, 9007199254740992, 9007199254740993, 21.299999999999997, 1e22, 1e23,
        2251799813685247.5, 2251799813685248, -2251799813685248, 0.1, 1e-22, 4503599627370497.5,
    ];

    private static readonly long[] s_oddIntegers =
    [
        0, -1, long.MinValue, long.MaxValue, 9007199254740991, 9007199254740993, -9007199254740993, 1L << 62, -(1L << 62),
    ];

    private static readonly Gen<long> s_integer = Gen.OneOf(Gen.Long, Gen.Long[-100, 100], Gen.OneOf(s_oddIntegers));

    private static readonly Gen<double> s_decimal = Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[0, 5], (whole, places) => whole / Math.Pow(10, places));

    private static readonly Gen<double> s_double = Gen.OneOf(
        Gen.OneOf(s_oddDoubles), Gen.Double, Gen.Long.Select(BitConverter.Int64BitsToDouble), s_decimal, Gen.Float.Select(value => (double)value));

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.OneOf("", "on", "off", "æ", "😀", "\n", "\0", "\ud800", "x\udc00y", "\"\\", "\u2028"), Gen.String[0, 12], Gen.String[Gen.Char, 0, 40]);

    private static readonly Gen<DataValue> s_scalar = Gen.OneOf(
        Gen.Const(DataValue.Null),
        Gen.Bool.Select(DataValue.From),
        s_integer.Select(DataValue.From),
        s_double.Select(DataValue.From),
        s_text.Select(DataValue.From),
        Gen.OneOf("1e400", "18446744073709551615", "0.1000000000000000055511151231257827", "-0").Select(DataValue.Parse));

    public static Gen<DataValue> Value { get; } = Gen.Recursive<DataValue>((depth, inner) => depth > 3
        ? s_scalar
        : Gen.Frequency(
            (3, s_scalar),
            (1, inner.Array[0, 4].Select(DataValue.From)),
            (1, Gen.Select(Gen.OneOf(Gen.OneOf("a", "b", "c"), s_text), inner).Select((name, value) => KeyValuePair.Create(name, value))
                .Array[0, 4].Select(members => DataValue.From(new DataObject(members))))));

    public static Gen<Block> Block { get; } = Gen.OneOf(Gen.Int[1, 20], Gen.Int[200, 700])
        .SelectMany(count => Gen.Select(Times(count), Values(count), Origins(count), (times, values, origins) => new Block(times, values, origins)));

    private static Gen<double[]> Times(int count) => Gen.OneOf(
        Gen.Select(Gen.Int[-2_000_000_000, 2_000_000_000], Gen.OneOf(1.0, 300, 0.001, 0.25), (start, step) => Repeat(count, i => start + (i * step))),
        Gen.Select(Gen.Const(1_700_000_000.0), Gen.Int[0, 2_000_000].Array[count], (start, steps) => Summed(start, steps, 1e-6)),
        Gen.Select(Gen.Const(-5.5), Gen.OneOf(0, 0, 0, 1000).Array[count], (start, steps) => Summed(start, steps, 1e-3)),
        s_double.Array[count]);

    private static Gen<Column> Values(int count) => Gen.OneOf(
        s_double.Array[count].Select(values => (Column)new NumberColumn(values)),
        s_decimal.Array[count].Select(values => (Column)new NumberColumn(values)),
        Gen.Double[0, 100].Array[count].Select(values => (Column)new NumberColumn(values)),
        Gen.OneOf(Math.PI, Math.E, -0.0).Array[count].Select(values => (Column)new NumberColumn(values)),
        s_integer.Array[count].Select(values => (Column)new IntegerColumn(values)),
        Gen.Long[0, 1000].Array[count].Select(values => (Column)new IntegerColumn(values)),
        Gen.OneOf(0L, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 << 20).Array[count].Select(values => (Column)new IntegerColumn(values)),
        Gen.Bool.Array[count].Select(values => (Column)new BooleanColumn(values)),
        s_text.Array[count].Select(values => (Column)new TextColumn(values)),
        Gen.OneOf("on", "off", "\ud800").Array[count].Select(values => (Column)new TextColumn(values)),
        Gen.String[Gen.Char['a', 'k'], 0, 30].Array[count].Select(values => (Column)new TextColumn(values)),
        Value.Array[count].Select(values => (Column)new ValueColumn(values)),
        Gen.Select(Gen.Int[0, 5000], s_scalar).Select(Dictionary).Array[count].Select(values => (Column)new ValueColumn(values)),
        Gen.Select(s_double.Array[count], s_text.Array[count], Value.Array[count], Records));

    private static Gen<string?[]?> Origins(int count) => Gen.OneOf(
        Gen.Const<string?[]?>(() => null),
        Gen.OneOf(null, "me/phone", "me/garage").Array[count].Select(origins => (string?[]?)origins));

    private static DataValue Dictionary(int key, DataValue value)
        => DataValue.From(new DataObject(KeyValuePair.Create($"key{key}", value), KeyValuePair.Create("n", DataValue.From((long)key))));

    private static Column Records(double[] numbers, string[] texts, DataValue[] values)
        => new RecordColumn(["n", "", "ü"], [new NumberColumn(numbers), new TextColumn(texts), new ValueColumn(values)], numbers.Length);

    private static double[] Summed(double start, int[] steps, double unit)
    {
        long sum = 0;
        return Array.ConvertAll(steps, step => start + ((sum += step) * unit));
    }

    private static double[] Repeat(int count, Func<int, double> value) => Enumerable.Range(0, count).Select(value).ToArray();
}
