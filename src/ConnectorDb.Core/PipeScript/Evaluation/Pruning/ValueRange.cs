namespace ConnectorDb.Core.PipeScript.Evaluation.Pruning;

/// <summary>The range of some numbers, or of booleans as 0 and 1; none of them is NaN.</summary>
internal readonly record struct ValueRange(double Minimum, double Maximum)
{
    /// <summary>All values are true; a number is true above 0.</summary>
    public bool AreTrue => Minimum > 0;

    public bool AreFalse => Maximum <= 0;

    public static ValueRange Of(bool areTrue, bool areFalse) => new(areTrue ? 1 : 0, areFalse ? 0 : 1);
}
