using System.Globalization;
using ConnectorDb.Contracts;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Describes entries of a logger for -Verbose.</summary>
internal static class LogText
{
    /// <param name="block">The datapoints.</param>
    /// <param name="stored">The number of datapoints that were stored.</param>
    public static string Of(LogBlock block, long stored)
        => stored == 1 && block.Points.Count == 1
            ? $"Logged {block.Channel}: {block.Points.At(0).Value}"
            : string.Create(CultureInfo.InvariantCulture, $"Logged {stored:N0} of {CountText.Of(block.Points.Count, "entry", "entries")} of {block.Channel}.");
}
