namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Draws the mean of a stream over time as one line of text, from the lowest to the highest mean of its range.</summary>
public static class Sparkline
{
    /// <summary>The number of characters.</summary>
    public const int Width = 16;

    /// <summary>Columns to ask for: the usual length of a column may be more than twice as long, and each character needs one.</summary>
    public const int Columns = 3 * Width;

    private const string Bars = "▁▂▃▄▅▆▇█";
    private const string Digits = "12345678";

    /// <summary>A character for each part of the range; a blank where there are no numbers.</summary>
    /// <param name="columns">The columns of a chart of the range.</param>
    /// <param name="from">The begin of the range in unix seconds.</param>
    /// <param name="to">The end of the range in unix seconds.</param>
    /// <param name="hasBars">False for a terminal without Unicode, which gets the digits 1 to 8.</param>
    public static string Draw(IReadOnlyList<StreamSummary> columns, double from, double to, bool hasBars)
    {
        ArgumentNullException.ThrowIfNull(columns);
        (double Sum, long Count)[] parts = new (double Sum, long Count)[Width];
        foreach (StreamSummary column in columns.Where(column => column.Numbers > 0 && column is { FirstT: not null, LastT: not null }))
        {
            double middle = (column.FirstT!.Value + column.LastT!.Value) / 2;
            int part = Math.Clamp((int)((middle - from) / (to - from) * Width), 0, Width - 1);
            parts[part] = (parts[part].Sum + column.Sum!.Value, parts[part].Count + column.Numbers);
        }

        double[] means = [.. parts.Where(part => part.Count > 0).Select(part => part.Sum / part.Count)];
        if (means.Length == 0)
        {
            return new string(' ', Width);
        }

        (double low, double high) = (means.Min(), means.Max());
        string levels = hasBars ? Bars : Digits;
        return string.Concat(parts.Select(part => part.Count == 0 ? ' ' : levels[Level(part.Sum / part.Count, low, high, levels.Length)]));
    }

    /// <summary>The level from 0. A stream that stays the same is in the middle.</summary>
    private static int Level(double mean, double low, double high, int levels)
        => high > low ? Math.Min(levels - 1, (int)((mean - low) / (high - low) * levels)) : (levels - 1) / 2;
}
