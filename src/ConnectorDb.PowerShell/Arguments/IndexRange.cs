using System.Globalization;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Indices from <paramref name="First"/> to <paramref name="Last"/>, both included; negative ones count from the end.</summary>
public readonly record struct IndexRange(long First, long Last)
{
    private const string Separator = "..";

    /// <summary>The index after the last one, as queries want it; null is the end of the stream.</summary>
    public long? End => Last == -1 ? null : Last + 1;

    /// <summary>The last index comes first in the stream.</summary>
    public bool IsDescending => Last < First && (Last < 0) == (First < 0);

    /// <summary>Reads <c>5</c>, <c>2..5</c>, <c>-3..-1</c>, <c>2..</c> or <c>..5</c>.</summary>
    public static bool TryParse(string text, out IndexRange range)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf(Separator, StringComparison.Ordinal);
        string first = at < 0 ? text : text[..at];
        string last = at < 0 ? text : text[(at + Separator.Length)..];
        long from = 0;
        long to = -1;
        bool isRange = (at == 0 || TryRead(first, out from)) && ((at >= 0 && last.Length == 0) || TryRead(last, out to));
        range = new IndexRange(from, to);
        return isRange;
    }

    /// <summary>The index right after this range, which then is a longer range.</summary>
    public bool TryExtend(long next, out IndexRange longer)
    {
        longer = this with { Last = next };
        return next == Last + 1 && next != 0;
    }

    /// <summary>The indices of a descending range, each a range of its own.</summary>
    public IEnumerable<IndexRange> OneByOne()
    {
        for (long index = First; index >= Last; index--)
        {
            yield return new IndexRange(index, index);
        }
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}{Separator}{Last}";

    private static bool TryRead(string text, out long index)
        => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out index);
}
