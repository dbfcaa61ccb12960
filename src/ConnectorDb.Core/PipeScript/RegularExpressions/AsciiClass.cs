using System.Text;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>The named classes of RE2, all of ASCII characters, as the content of a bracket expression of .NET.</summary>
internal static class AsciiClass
{
    /// <summary>The first and last characters of ranges, in ascending order.</summary>
    private static readonly Dictionary<string, string> s_ranges = new(StringComparer.Ordinal)
    {
        ["d"] = "09",
        ["s"] = "\t\n\f\r  ",
        ["w"] = "09AZ__az",
        ["alnum"] = "09AZaz",
        ["alpha"] = "AZaz",
        ["ascii"] = "\0\x7F",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\x1F\x7F\x7F",
        ["digit"] = "09",
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = "09AZ__az",
        ["xdigit"] = "09AFaf",
    };

    /// <summary>The characters of the class, or all others; false when there is no such class.</summary>
    public static bool TryGet(string name, bool isNegated, out string members)
    {
        members = "";
        if (!s_ranges.TryGetValue(name, out string? ranges))
        {
            return false;
        }

        StringBuilder result = new();
        int next = char.MinValue;
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (!isNegated)
            {
                Append(result, ranges[i], ranges[i + 1]);
            }
            else if (ranges[i] > next)
            {
                Append(result, (char)next, (char)(ranges[i] - 1));
            }

            next = ranges[i + 1] + 1;
        }

        if (isNegated)
        {
            Append(result, (char)next, char.MaxValue);
        }

        members = result.ToString();
        return true;
    }

    private static void Append(StringBuilder result, char from, char to) => result.Append(Re2Escape.Unit(from)).Append('-').Append(Re2Escape.Unit(to));
}
