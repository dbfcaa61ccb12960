using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>Compares datapoints by time, value and origin.</summary>
internal static class BlockComparison
{
    /// <summary>How many of the first datapoints of both are the same.</summary>
    public static int CountSame(Block one, Block other)
    {
        int most = Math.Min(one.Count, other.Count);
        for (int i = 0; i < most; i++)
        {
            if (BitConverter.DoubleToInt64Bits(one.Times.Span[i]) != BitConverter.DoubleToInt64Bits(other.Times.Span[i])
                || !one.Values[i].Equals(other.Values[i])
                || one.Origins?.Span[i] != other.Origins?.Span[i])
            {
                return i;
            }
        }

        return most;
    }
}
