using System.Collections.Frozen;

namespace ConnectorDb.Timestamps;

/// <summary>
/// The usual meaning of abbreviations of time zones, for examples in messages. Several places use the same abbreviation, so times are never
/// read by it.
/// </summary>
internal static class ZoneAbbreviations
{
    private static readonly FrozenDictionary<string, (string Offset, string Zone)> s_all = new Dictionary<string, (string, string)>
    {
        ["WET"] = ("+00:00", "Europe/Lisbon"),
        ["WEST"] = ("+01:00", "Europe/Lisbon"),
        ["BST"] = ("+01:00", "Europe/London"),
        ["CET"] = ("+01:00", "Europe/Berlin"),
        ["CEST"] = ("+02:00", "Europe/Berlin"),
        ["MEZ"] = ("+01:00", "Europe/Berlin"),
        ["MESZ"] = ("+02:00", "Europe/Berlin"),
        ["EET"] = ("+02:00", "Europe/Helsinki"),
        ["EEST"] = ("+03:00", "Europe/Helsinki"),
        ["MSK"] = ("+03:00", "Europe/Moscow"),
        ["IST"] = ("+05:30", "Asia/Kolkata"),
        ["JST"] = ("+09:00", "Asia/Tokyo"),
        ["KST"] = ("+09:00", "Asia/Seoul"),
        ["AEST"] = ("+10:00", "Australia/Sydney"),
        ["AEDT"] = ("+11:00", "Australia/Sydney"),
        ["NZST"] = ("+12:00", "Pacific/Auckland"),
        ["NZDT"] = ("+13:00", "Pacific/Auckland"),
        ["EST"] = ("-05:00", "America/New_York"),
        ["EDT"] = ("-04:00", "America/New_York"),
        ["CST"] = ("-06:00", "America/Chicago"),
        ["CDT"] = ("-05:00", "America/Chicago"),
        ["MST"] = ("-07:00", "America/Denver"),
        ["MDT"] = ("-06:00", "America/Denver"),
        ["PST"] = ("-08:00", "America/Los_Angeles"),
        ["PDT"] = ("-07:00", "America/Los_Angeles"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The usual offset and zone of an abbreviation; null for an unknown one.</summary>
    public static (string Offset, string Zone)? Of(string abbreviation) => s_all.TryGetValue(abbreviation, out (string, string) usual) ? usual : null;
}
