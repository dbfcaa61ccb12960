namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Numbers, or booleans as 0 and 1, that all lie from the least to the greatest; none is NaN.</summary>
internal readonly record struct NumberBounds(double Least, double Greatest)
{
    /// <summary>All are true: numbers are, above 0.</summary>
    public bool AreTrue => Least > 0;

    public bool AreFalse => Greatest <= 0;

    public static NumberBounds Of(bool areTrue, bool areFalse) => new(areTrue ? 1 : 0, areFalse ? 0 : 1);
}
