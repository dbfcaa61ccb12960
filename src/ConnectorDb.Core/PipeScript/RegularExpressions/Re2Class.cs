using System.Text;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>A class of characters in square brackets.</summary>
internal readonly struct Re2Class
{
    private readonly StringBuilder _units = new();
    private readonly List<(int From, int To)> _beyond = [];
    private readonly bool _isNegated;

    /// <param name="at">The place of the opening bracket; then that after the closing one.</param>
    /// <exception cref="FormatException">It is no class of RE2.</exception>
    public Re2Class(string pattern, ref int at)
    {
        _isNegated = at + 1 < pattern.Length && pattern[at + 1] == '^';
        int first = at + (_isNegated ? 2 : 1);
        for (at = first; at < pattern.Length; )
        {
            if (pattern[at] == ']' && at > first)
            {
                at++;
                return;
            }

            Read(pattern, ref at);
        }

        throw new FormatException("a [ is not closed");
    }

    /// <summary>The same as a pattern of .NET.</summary>
    public string Translate()
    {
        List<string> choices = [];
        if (_isNegated)
        {
            choices.Add($"[^{_units}\\uD800-\\uDFFF]");
            choices.AddRange(Complement().Select(Pairs));
        }
        else
        {
            choices.AddRange(_beyond.Select(Pairs));
            if (_units.Length > 0)
            {
                choices.Add($"[{_units}]");
            }
        }

        return $"(?:{string.Join('|', choices)})";
    }

    private void Read(string pattern, ref int at)
    {
        if (pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", at, StringComparison.Ordinal) is int end and > 0)
        {
            _units.Append(PosixClass(pattern[(at + 2)..end]));
            at = end + 2;
            return;
        }

        if (pattern[at] == '\\' && Re2Escape.TryReadClass(pattern, ref at, out string inside))
        {
            _units.Append(inside);
            return;
        }

        int from = ReadCharacter(pattern, ref at);
        int to = from;
        if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
        {
            at++;
            to = ReadCharacter(pattern, ref at);
        }

        Add(from, to);
    }

    private static int ReadCharacter(string pattern, ref int at)
    {
        if (pattern[at] == '\\')
        {
            return Re2Escape.ReadCharacter(pattern, ref at);
        }

        int code = at + 1 < pattern.Length && char.IsSurrogatePair(pattern[at], pattern[at + 1])
            ? char.ConvertToUtf32(pattern[at], pattern[at + 1])
            : pattern[at];
        at += code > char.MaxValue ? 2 : 1;
        return code;
    }

    private void Add(int from, int to)
    {
        if (to < from)
        {
            throw new FormatException("the ends of a range in [] are the wrong way round");
        }

        if (from <= char.MaxValue)
        {
            _units.Append(Re2Escape.Unit((char)from)).Append('-').Append(Re2Escape.Unit((char)Math.Min(to, char.MaxValue)));
        }

        if (to > char.MaxValue)
        {
            _beyond.Add((Math.Max(from, char.MaxValue + 1), to));
        }
    }

    /// <summary>The ranges beyond U+FFFF that are not in the class.</summary>
    private List<(int From, int To)> Complement()
    {
        List<(int From, int To)> rest = [];
        int next = char.MaxValue + 1;
        foreach ((int from, int to) in _beyond.Order())
        {
            if (from > next)
            {
                rest.Add((next, from - 1));
            }

            next = Math.Max(next, to + 1);
        }

        if (next <= 0x10FFFF)
        {
            rest.Add((next, 0x10FFFF));
        }

        return rest;
    }

    /// <summary>A range beyond U+FFFF as pairs of halves.</summary>
    private static string Pairs((int From, int To) range)
    {
        string first = char.ConvertFromUtf32(range.From);
        string last = char.ConvertFromUtf32(range.To);
        if (first[0] == last[0])
        {
            return Pair(first[0], first[0], first[1], last[1]);
        }

        List<string> parts = [Pair(first[0], first[0], first[1], '\uDFFF'), Pair(last[0], last[0], '\uDC00', last[1])];
        if (last[0] - first[0] > 1)
        {
            parts.Add(Pair((char)(first[0] + 1), (char)(last[0] - 1), '\uDC00', '\uDFFF'));
        }

        return string.Join('|', parts);
    }

    private static string Pair(char fromHigh, char toHigh, char fromLow, char toLow)
        => $"[{Re2Escape.Unit(fromHigh)}-{Re2Escape.Unit(toHigh)}][{Re2Escape.Unit(fromLow)}-{Re2Escape.Unit(toLow)}]";

    private static string PosixClass(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => @"\0-\x7F",
        "blank" => @"\t ",
        "cntrl" => @"\0-\x1F\x7F",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => @"!-/:-@\[-`{-~",
        "space" => @"\t\n\v\f\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        "^alnum" => @"\0-/:-@\[-`{-\uFFFF",
        "^alpha" => @"\0-@\[-`{-\uFFFF",
        "^ascii" => @"\x80-\uFFFF",
        "^blank" => @"\0-\x08\n-\x1F!-\uFFFF",
        "^cntrl" => @" -~\x80-\uFFFF",
        "^digit" => @"\0-/:-\uFFFF",
        "^graph" => @"\0- \x7F-\uFFFF",
        "^lower" => @"\0-`{-\uFFFF",
        "^print" => @"\0-\x1F\x7F-\uFFFF",
        "^punct" => @"\0- 0-9A-Za-z\x7F-\uFFFF",
        "^space" => @"\0-\x08\x0E-\x1F!-\uFFFF",
        "^upper" => @"\0-@\[-\uFFFF",
        "^word" => @"\0-/:-@\[-\^`{-\uFFFF",
        "^xdigit" => @"\0-/:-@G-`g-\uFFFF",
        _ => throw new FormatException($"there is no class [:{name}:]"),
    };
}
