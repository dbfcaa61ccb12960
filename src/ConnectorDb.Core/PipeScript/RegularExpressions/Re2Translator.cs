using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>
/// Writes a pattern of RE2 (https://github.com/google/re2/wiki/Syntax) as one of .NET that matches the same texts. Groups
/// lose their names and numbers, for only whether it matches is asked. Characters beyond U+FFFF count as one.
/// </summary>
internal sealed class Re2Translator(string pattern)
{
    private const int MostRepetitions = 1000;
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private readonly StringBuilder _result = new();
    private readonly Stack<(bool IsMultiline, bool IsSingleLine)> _outer = new();
    private bool _isMultiline;
    private bool _isSingleLine;
    private int _at;

    /// <exception cref="FormatException">It is no pattern of RE2; the message tells why.</exception>
    public string Translate()
    {
        while (_at < pattern.Length)
        {
            char c = pattern[_at];
            switch (c)
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    _result.Append(new Re2Class(pattern, ref _at).Translate());
                    break;
                case '(':
                    TranslateGroup();
                    break;
                case ')':
                    (_isMultiline, _isSingleLine) = _outer.Count > 0 ? _outer.Pop() : throw new FormatException("a bracket closes nothing");
                    Take(")");
                    break;
                case '{':
                    TranslateBrace();
                    break;
                case '.':
                    Take(_isSingleLine ? $"(?:{AnyPair}|[\\s\\S])" : $"(?:{AnyPair}|[^\\n])");
                    break;
                case '^':
                    Take(_isMultiline ? "(?m:^)" : @"\A");
                    break;
                case '$':
                    Take(_isMultiline ? "(?m:$)" : @"\z");
                    break;
                case '*' or '+' or '?' or '|':
                    Take(c.ToString());
                    break;
                default:
                    TakeCharacter();
                    break;
            }
        }

        return _outer.Count == 0 ? _result.ToString() : throw new FormatException("a bracket is not closed");
    }

    /// <summary>One character, or the two halves of one.</summary>
    private void TakeCharacter()
    {
        int length = _at + 1 < pattern.Length && char.IsSurrogatePair(pattern[_at], pattern[_at + 1]) ? 2 : 1;
        int code = length == 2 ? char.ConvertToUtf32(pattern[_at], pattern[_at + 1]) : pattern[_at];
        _result.Append(Re2Escape.Literal(code));
        _at += length;
    }

    private void TranslateEscape()
    {
        if (pattern.AsSpan(_at).StartsWith(@"\Q", StringComparison.Ordinal))
        {
            int end = pattern.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
            string quoted = end < 0 ? pattern[(_at + 2)..] : pattern[(_at + 2)..end];
            foreach (Rune rune in quoted.EnumerateRunes())
            {
                _result.Append(Re2Escape.Literal(rune.Value));
            }

            _at = end < 0 ? pattern.Length : end + 2;
            return;
        }

        char next = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        if (next is 'A' or 'z' or 'b' or 'B')
        {
            _result.Append('\\').Append(next);
            _at += 2;
        }
        else if (Re2Escape.TryReadClass(pattern, ref _at, out string inside))
        {
            _result.Append('[').Append(inside).Append(']');
        }
        else
        {
            _result.Append(Re2Escape.Literal(Re2Escape.ReadCharacter(pattern, ref _at)));
        }
    }

    private void TranslateGroup()
    {
        if (!pattern.AsSpan(_at).StartsWith("(?", StringComparison.Ordinal))
        {
            _outer.Push((_isMultiline, _isSingleLine));
            Take("(?:");
            return;
        }

        int named = pattern.AsSpan(_at).StartsWith("(?P<", StringComparison.Ordinal) ? 4
            : pattern.AsSpan(_at).StartsWith("(?<", StringComparison.Ordinal) ? 3 : 0;
        if (named > 0)
        {
            int end = pattern.IndexOf('>', _at);
            string name = end < 0 ? "" : pattern[(_at + named)..end];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw new FormatException("a group has a name that is none; looking behind is not supported");
            }

            _outer.Push((_isMultiline, _isSingleLine));
            _result.Append("(?:");
            _at = end + 1;
            return;
        }

        TranslateFlags();
    }

    /// <summary>Flags of the rest of the group, <c>(?i)</c>, or of a group, <c>(?i:…)</c>.</summary>
    private void TranslateFlags()
    {
        bool isOn = true;
        bool? ignoreCase = null;
        bool isMultiline = _isMultiline;
        bool isSingleLine = _isSingleLine;
        for (_at += 2; _at < pattern.Length; _at++)
        {
            switch (pattern[_at])
            {
                case 'i':
                    ignoreCase = isOn;
                    break;
                case 'm':
                    isMultiline = isOn;
                    break;
                case 's':
                    isSingleLine = isOn;
                    break;
                case 'U':
                    break;
                case '-' when isOn:
                    isOn = false;
                    break;
                case ':' or ')':
                    bool isGroup = pattern[_at] == ':';
                    if (isGroup)
                    {
                        _outer.Push((_isMultiline, _isSingleLine));
                    }

                    (_isMultiline, _isSingleLine) = (isMultiline, isSingleLine);
                    string flag = ignoreCase is { } ignores ? (ignores ? "i" : "-i") : "";
                    Take(isGroup ? $"(?{flag}:" : flag.Length > 0 ? $"(?{flag})" : "");
                    return;
                default:
                    throw new FormatException("a group begins with (?, which neither flags nor a name follow; looking around is not supported");
            }
        }

        throw new FormatException("a bracket is not closed");
    }

    /// <summary>A repetition, or a brace that stands for itself.</summary>
    private void TranslateBrace()
    {
        int end = pattern.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        bool isRepetition = bounds.Length is 1 or 2
            && IsNumber(bounds[0])
            && (bounds.Length == 1 || bounds[1].Length == 0 || IsNumber(bounds[1]));
        if (!isRepetition)
        {
            Take(@"\{");
            return;
        }

        if (bounds.Any(bound => bound.Length > 0 && (bound.Length > 4 || int.Parse(bound, CultureInfo.InvariantCulture) > MostRepetitions)))
        {
            throw new FormatException($"it repeats something more than {MostRepetitions} times");
        }

        _result.Append(pattern, _at, end + 1 - _at);
        _at = end + 1;
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private void Take(string translated)
    {
        _result.Append(translated);
        _at++;
    }
}
