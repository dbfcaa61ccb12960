using System.Globalization;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Indices from <paramref name="First"/> to <paramref name="Last"/>, both included; negative ones count from the end.</summary>
public readonly record struct IndexSpan(long First, long Last)
{
    private const string Separator = "..";

    /// <summary>Exclusive end of the range, as in queries; null for the end of the stream.</summary>
    public long? End => Last == -1 ? null : Last + 1;

    /// <summary>True when the last index lies before the first in the stream.</summary>
    public bool IsDescending => Last < First && (Last < 0) == (First < 0);

    /// <summary>Reads <c>5</c>, <c>2..5</c>, <c>-3..-1</c>, <c>2..</c> or <c>..5</c>.</summary>
    public static bool TryParse(string text, out IndexSpan range)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf(Separator, StringComparison.Ordinal);
        string first = at < 0 ? text : text[..at];
        string last = at < 0 ? text : text[(at + Separator.Length)..];
        long from = 0;
        long to = -1;
        bool isRange = (at == 0 || TryRead(first, out from)) && ((at >= 0 && last.Length == 0) || TryRead(last, out to));
        range = new IndexSpan(from, to);
        return isRange;
    }

    /// <summary>Extends the range by the next index; false when the index does not follow the range.</summary>
    public bool TryExtend(long next, out IndexSpan longer)
    {
        longer = this with { Last = next };
        return next == Last + 1 && next != 0;
    }

    /// <summary>Splits a descending range into one range per index.</summary>
    public IEnumerable<IndexSpan> OneByOne()
    {
        for (long index = First; index >= Last; index--)
        {
            yield return new IndexSpan(index, index);
        }
    }

    public override string ToString() => First == Last ? $"{First}" : $"{First}{Separator}{Last}";

    private static bool TryRead(string text, out long index)
        => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out index);
}
