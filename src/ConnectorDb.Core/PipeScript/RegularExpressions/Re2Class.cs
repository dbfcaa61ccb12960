using System.Text;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>Rewrites a class of characters in square brackets for .NET.</summary>
internal sealed class Re2Class(string pattern)
{
    private readonly StringBuilder _units = new();
    private readonly List<string> _pairs = [];

    /// <summary>The class that begins at this position, which moves behind it.</summary>
    /// <exception cref="FormatException">It is not a class of RE2, or one that .NET cannot express.</exception>
    public string Translate(ref int at)
    {
        bool isNegated = at + 1 < pattern.Length && pattern[at + 1] == '^';
        int first = at + (isNegated ? 2 : 1);
        for (at = first; at < pattern.Length && (pattern[at] != ']' || at == first);)
        {
            Read(ref at);
        }

        if (at++ >= pattern.Length)
        {
            throw new FormatException("a [ is not closed");
        }

        if (isNegated)
        {
            return _pairs.Count == 0
                ? $"(?:{Re2Translator.AnyPair}|[^{_units}\\uD800-\\uDFFF])"
                : throw new FormatException("characters beyond U+FFFF in a negated class are not supported");
        }

        return $"(?:{string.Join('|', _units.Length == 0 ? _pairs : [$"[{_units}]", .. _pairs])})";
    }

    private void Read(ref int at)
    {
        if (pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", at, StringComparison.Ordinal) is int end and > 0)
        {
            string name = pattern[(at + 2)..end];
            _units.Append(AsciiClass.TryGet(name.TrimStart('^'), name.StartsWith('^'), out string members) ? members : throw new FormatException($"there is no class [:{name}:]"));
            at = end + 2;
        }
        else if (pattern[at] == '\\' && Re2Escape.TryReadClass(pattern, ref at, out string inside))
        {
            _units.Append(inside);
        }
        else
        {
            int from = ReadCharacter(ref at);
            int to = from;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                to = ReadCharacter(ref at);
            }

            Add(from, to);
        }
    }

    private int ReadCharacter(ref int at)
    {
        if (pattern[at] == '\\')
        {
            return Re2Escape.ReadCharacter(pattern, ref at);
        }

        Rune.DecodeFromUtf16(pattern.AsSpan(at), out Rune rune, out int length);
        at += length;
        return rune.Value;
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

        // Characters beyond U+FFFF are two units. A range of them is split into ranges that have the same first unit.
        for (int start = Math.Max(from, char.MaxValue + 1); start <= to; start = (start | 0x3FF) + 1)
        {
            string first = char.ConvertFromUtf32(start);
            string last = char.ConvertFromUtf32(Math.Min(start | 0x3FF, to));
            _pairs.Add($"{Re2Escape.Unit(first[0])}[{Re2Escape.Unit(first[1])}-{Re2Escape.Unit(last[1])}]");
        }
    }
}
