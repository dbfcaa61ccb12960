namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("min", "The smallest value since the row before.",
    Documentation = """
        Of what lies after the row before, up to and with the row's own time; null when there is nothing. The first one wins a
        tie, NaN never wins. The values must be numbers, or texts and booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:min — the lowest temperature from row to row"])]
internal sealed class Min() : Extreme<Min.Order>("min")
{
    internal readonly struct Order : IOrder
    {
        public static bool IsBetter(double value, double best) => value < best;
    }
}
