using System.Globalization;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The message about datapoints of which some were refused.</summary>
internal static class StoredText
{
    public static string Of(long stored, long given, string target)
        => string.Create(CultureInfo.InvariantCulture, $"{stored:N0} of {CountText.Of(given, "datapoint")} for {target} {(stored == 1 ? "was" : "were")} stored.");
}
