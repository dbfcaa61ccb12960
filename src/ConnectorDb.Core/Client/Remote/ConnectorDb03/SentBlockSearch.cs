using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Finds a block that was sent among the datapoints of a stream.</summary>
internal static class SentBlockSearch
{
    /// <summary>The index of the first datapoint of the block; negative when it is not there. The server may have raised a time, or filled it in.</summary>
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
