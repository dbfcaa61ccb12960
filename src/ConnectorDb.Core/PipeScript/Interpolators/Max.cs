namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("max", "The largest value since the row before.",
    Documentation = """
        Of what lies after the row before, up to and with the row's own time; null when there is nothing. The first one wins a
        tie, NaN never wins. The values must be numbers, or texts and booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:max — the highest temperature from row to row"])]
internal sealed class Max() : Extreme<Max.Order>("max")
{
    internal readonly struct Order : IOrder
    {
        public static bool IsBetter(double value, double best) => value > best;
    }
}
