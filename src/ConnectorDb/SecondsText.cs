using System.Globalization;

namespace ConnectorDb;

/// <summary>A number of seconds in a message.</summary>
internal static class SecondsText
{
    public static string Of(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} {(seconds == 1 ? "second" : "seconds")}");
}
