using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>Reads an escape sequence of a pattern.</summary>
internal static partial class Re2Escape
{
    private const string Letters = "aftnrv";
    private const string Controls = "\a\f\t\n\r\v";

    /// <summary>A UTF-16 unit that means itself everywhere in a pattern of .NET.</summary>
    public static string Unit(char c)
        => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");

    /// <summary>A class such as <c>\d</c> or <c>\pL</c>, as the content of a bracket expression.</summary>
    public static bool TryReadClass(string pattern, ref int at, out string members)
    {
        Match category = Category().Match(pattern, at);
        if (category.Success)
        {
            bool isNegated = (category.Groups["p"].Value == "P") != category.Groups["not"].Success;
            members = $"\\{(isNegated ? 'P' : 'p')}{{{category.Groups["name"].Value}}}";
            at += category.Length;
            return true;
        }

        char name = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        bool isClass = name is 'd' or 'D' or 's' or 'S' or 'w' or 'W';
        members = "";
        at += isClass ? 2 : 0;
        return isClass && AsciiClass.TryGet(char.ToLowerInvariant(name).ToString(), char.IsUpper(name), out members);
    }

    /// <summary>The code of an escaped character.</summary>
    /// <exception cref="FormatException">RE2 has no such escape.</exception>
    public static int ReadCharacter(string pattern, ref int at)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new FormatException("it ends with a backslash");
        }

        Match number = Number().Match(pattern, at);
        if (number.Success)
        {
            at += number.Length;
            return number.Groups["hex"] is { Success: true, Value: var hex } ? CodeOf(hex) : OctalOf(number.Groups["octal"].Value);
        }

        char c = pattern[at + 1];
        at += 2;
        int control = Letters.IndexOf(c, StringComparison.Ordinal);
        return control >= 0 ? Controls[control]
            : char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) ? c
            : throw new FormatException($"there is no escape \\{c}");
    }

    private static int CodeOf(string hex)
        => int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && System.Text.Rune.IsValid(code)
            ? code
            : throw new FormatException("\\x is not followed by the code of a character");

    private static int OctalOf(string digits) => digits.Aggregate(0, (code, digit) => (8 * code) + digit - '0');

    [GeneratedRegex(@"\G\\(?<p>[pP])(?:\{(?<not>\^)?(?<name>\w+)\}|(?<name>\w))")]
    private static partial Regex Category();

    /// <summary>RE2 knows no references to groups, so one digit alone is octal only when it is 0.</summary>
    [GeneratedRegex(@"\G\\(?:x(?:\{(?<hex>[0-9A-Fa-f]{1,8})\}|(?<hex>[0-9A-Fa-f]{2}))|(?<octal>0[0-7]{0,2}|[1-7][0-7]{1,2}))")]
    private static partial Regex Number();
}
