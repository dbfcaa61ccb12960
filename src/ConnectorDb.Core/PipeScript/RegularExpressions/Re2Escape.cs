using System.Globalization;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>What stands behind a backslash in a pattern.</summary>
internal static class Re2Escape
{
    private static readonly string[] s_categories =
    [
        "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ];

    /// <summary>A character of this code as a pattern of its own.</summary>
    public static string Literal(int code)
        => code > char.MaxValue
            ? $"(?:{Unit(char.ConvertFromUtf32(code)[0])}{Unit(char.ConvertFromUtf32(code)[1])})"
            : Unit((char)code);

    /// <summary>A UTF-16 unit, which no context gives another meaning.</summary>
    public static string Unit(char c)
        => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");

    /// <summary>A class such as <c>\d</c> or <c>\pL</c>, as what stands inside the square brackets of .NET.</summary>
    public static bool TryReadClass(string pattern, ref int at, out string inside)
    {
        char name = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        if (name is 'p' or 'P')
        {
            inside = ReadCategory(pattern, ref at);
            return true;
        }

        inside = name switch
        {
            'd' => "0-9",
            'D' => @"\0-/:-\uFFFF",
            's' => @"\t\n\f\r ",
            'S' => @"\0-\x08\x0B\x0E-\x1F!-\uFFFF",
            'w' => "0-9A-Za-z_",
            'W' => @"\0-/:-@\[-\^`{-\uFFFF",
            _ => "",
        };
        at += inside.Length > 0 ? 2 : 0;
        return inside.Length > 0;
    }

    /// <summary>The code of an escaped character.</summary>
    /// <exception cref="FormatException">RE2 has no such escape.</exception>
    public static int ReadCharacter(string pattern, ref int at)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new FormatException("it ends with a backslash");
        }

        char c = pattern[at + 1];
        at += 2;
        switch (c)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'v':
                return '\v';
            case 'x':
                return ReadHexadecimal(pattern, ref at);
            case '0' or >= '1' and <= '7' when c == '0' || (at < pattern.Length && pattern[at] is >= '0' and <= '7'):
                return ReadOctal(pattern, ref at);
            default:
                return char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)
                    ? c
                    : throw new FormatException($"there is no escape \\{c}");
        }
    }

    private static int ReadOctal(string pattern, ref int at)
    {
        int code = pattern[at - 1] - '0';
        for (int digits = 1; digits < 3 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; digits++)
        {
            code = (code * 8) + pattern[at++] - '0';
        }

        return code;
    }

    private static int ReadHexadecimal(string pattern, ref int at)
    {
        int end = at + 2;
        int start = at;
        if (at < pattern.Length && pattern[at] == '{')
        {
            start++;
            end = pattern.IndexOf('}', at);
        }

        bool isCode = end > start && end <= pattern.Length
            && int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && code is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF);
        if (!isCode)
        {
            throw new FormatException("\\x is not followed by the code of a character");
        }

        at = start == at ? end : end + 1;
        return int.Parse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static string ReadCategory(string pattern, ref int at)
    {
        bool isNegated = pattern[at + 1] == 'P';
        int start = at + 2;
        int end = start + 1;
        bool hasBraces = start < pattern.Length && pattern[start] == '{';
        if (hasBraces)
        {
            start++;
            end = pattern.IndexOf('}', start);
        }

        string name = end < start || end > pattern.Length ? "" : pattern[start..end];
        if (name.StartsWith('^'))
        {
            name = name[1..];
            isNegated = !isNegated;
        }

        if (name == "Any")
        {
            at = end + 1;
            return isNegated ? throw new FormatException("the class \\P{Any} is empty") : @"\s\S";
        }

        if (!s_categories.Contains(name))
        {
            throw new FormatException(name.Length > 1
                ? $"the class \\p{{{name}}} is not supported; there are the general categories, such as \\p{{L}} and \\p{{Nd}}"
                : "\\p is not followed by the name of a class");
        }

        at = hasBraces ? end + 1 : end;
        return $"\\{(isNegated ? 'P' : 'p')}{{{name}}}";
    }
}
