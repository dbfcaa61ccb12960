namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The equality of values for <c>==</c> and <c>changed</c>; comparing never fails.</summary>
internal static class Equality
{
    /// <summary>
    /// Structurally the same, or of different kinds (or texts) that mean the same number: <c>"2"</c> and <c>"2.0"</c>,
    /// <c>true</c> and 1. Null equals only null, NaN not even itself.
    /// </summary>
    public static bool Same(DataValue left, DataValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return SameNumber(left, right);
        }

        if (left.Kind == right.Kind && left.Kind != DataKind.Text)
        {
            return SameInside(left, right);
        }

        if (left.Kind == DataKind.Text && right.Kind == DataKind.Text && left.AsText() == right.AsText())
        {
            return true;
        }

        return !left.IsNull && !right.IsNull
            && Conversion.TryNumber(left, out double a) && Conversion.TryNumber(right, out double b)
            && (a == b || (double.IsNaN(a) && double.IsNaN(b)));
    }

    /// <summary>Inside arrays and objects kinds must agree, except that all numbers are of one kind.</summary>
    private static bool SameInside(DataValue left, DataValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return SameNumber(left, right);
        }

        return left.Kind == right.Kind && left.Kind switch
        {
            DataKind.Array => SameItems(left.AsArray(), right.AsArray()),
            DataKind.Object => SameMembers(left.AsObject(), right.AsObject()),
            _ => left == right,
        };
    }

    private static bool SameNumber(DataValue left, DataValue right)
        => left.Kind == DataKind.Integer && right.Kind == DataKind.Integer
            ? left.AsInteger() == right.AsInteger()
            : left.AsDouble() == right.AsDouble();

    private static bool SameItems(DataValue[] left, DataValue[] right)
    {
        bool same = left.Length == right.Length;
        for (int i = 0; same && i < left.Length; i++)
        {
            same = SameInside(left[i], right[i]);
        }

        return same;
    }

    private static bool SameMembers(DataObject left, DataObject right)
    {
        left = left.WithoutRepeats();
        right = right.WithoutRepeats();
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach ((string name, DataValue value) in left.Members)
        {
            if (!right.TryGetValue(name, out DataValue theirs) || !SameInside(value, theirs))
            {
                return false;
            }
        }

        return true;
    }
}
