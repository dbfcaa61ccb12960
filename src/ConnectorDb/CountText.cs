using System.Globalization;

namespace ConnectorDb;

/// <summary>A number of things in a message, such as "1 entry" and "2,000 entries".</summary>
internal static class CountText
{
    /// <param name="one">What follows the number 1.</param>
    /// <param name="several">What follows every other number; by default <paramref name="one"/> with an s.</param>
    public static string Of(long count, string one, string? several = null)
        => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : several ?? $"{one}s")}";
}
