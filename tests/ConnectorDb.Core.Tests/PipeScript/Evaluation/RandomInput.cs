using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>Streams as they may come: of one kind or mixed, with times that stand still now and then.</summary>
internal static class RandomInput
{
    private static readonly Gen<DataValue> s_number = Gen.OneOf(
        Gen.Int[-5, 12].Select(n => DataValue.From((double)n)),
        Gen.Double[-100, 100].Select(DataValue.From),
        Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 1e300, 5e-324).Select(DataValue.From));

    private static readonly Gen<DataValue> s_plainNumber = Gen.OneOf(
        Gen.Int[-5, 12].Select(n => DataValue.From((double)n)),
        Gen.Double[-100, 100].Select(DataValue.From));

    private static readonly Gen<DataValue> s_integer = Gen.OneOf(
        Gen.Long[-5, 12], Gen.OneOf(long.MaxValue, long.MinValue, 9007199254740993, 9007199254740992)).Select(DataValue.From);

    private static readonly Gen<DataValue> s_boolean = Gen.Bool.Select(DataValue.From);

    private static readonly Gen<DataValue> s_text = Gen.OneOf("", "x", "foo", "hello world", "5", " 7 ", "true", "false", "1e400", "äö", "good bad").Select(DataValue.From);

    private static readonly Gen<DataValue> s_object = Gen.Select(s_plainNumber, s_plainNumber, s_text, s_boolean, s_plainNumber)
        .Select((a, b, s, f, x) => DataValue.From(new DataObject(
            new("a", a), new("b", b), new("s", s), new("f", f), new("n", DataValue.From(new DataObject(new KeyValuePair<string, DataValue>("x", x)))))));

    private static readonly Gen<DataValue> s_any = Gen.OneOf(
        s_number, s_integer, s_boolean, s_text, s_object, Gen.Const(DataValue.Null), s_integer.Array[0, 3].Select(DataValue.From));

    private static readonly Gen<double> s_step = Gen.OneOf(0, 0.5, 1, 1, 2, 10.25, 86400);

    public static Gen<Datapoint[]> Streams { get; } = Gen.OneOf(
        Of(s_plainNumber), Of(s_plainNumber), Of(s_number), Of(s_integer), Of(s_boolean), Of(s_text), Of(s_object), Of(s_object), Of(s_any));

    private static Gen<Datapoint[]> Of(Gen<DataValue> values)
        => Gen.Select(Gen.OneOf(0.0, 1, 1500000000), Gen.Select(s_step, values).Array[0, 24]).Select((start, steps) =>
        {
            Datapoint[] points = new Datapoint[steps.Length];
            double time = start;
            for (int i = 0; i < points.Length; i++)
            {
                time += steps[i].Item1;
                points[i] = new(time, steps[i].Item2);
            }

            return points;
        });
}
