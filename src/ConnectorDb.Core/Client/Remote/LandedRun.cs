using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>Finds what was sent in what is there.</summary>
internal static class LandedRun
{
    /// <summary>Where the datapoints stand together; negative when they do not. A time that was left out, or raised by the server, is any later one.</summary>
    public static int Find(Block sent, Block there)
    {
        for (int start = 0; start + sent.Count <= there.Count; start++)
        {
            if (StandsAt(sent, there, start))
            {
                return start;
            }
        }

        return -1;
    }

    private static bool StandsAt(Block sent, Block there, int start)
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
