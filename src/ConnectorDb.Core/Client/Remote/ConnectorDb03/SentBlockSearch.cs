using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Finds a sent block among the datapoints of a stream.</summary>
internal static class SentBlockSearch
{
    /// <summary>The index of the first datapoint of the block; negative when not found. Times may be higher than sent, because the server raises and fills in times.</summary>
    public static int Find(Block sent, Block there)
    {
        for (int start = 0; start + sent.Count <= there.Count; start++)
        {
            if (MatchesAt(sent, there, start))
            {
                return start;
            }
        }

        return -1;
    }

    private static bool MatchesAt(Block sent, Block there, int start)
    {
        for (int i = 0; i < sent.Count; i++)
        {
            double t = sent.Times.Span[i];
            if (there.Times.Span[start + i] < t || there.Values[start + i] != sent.Values[i])
            {
                return false;
            }
        }

        return true;
    }
}
