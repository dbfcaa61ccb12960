using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.PipeScript.RegularExpressions;

/// <summary>
/// Rewrites a pattern of RE2 (https://github.com/google/re2/wiki/Syntax) for .NET where the dialects differ, so that it matches the
/// same texts. Groups lose their names and numbers, because only the match counts. Characters beyond U+FFFF count as one.
/// </summary>
/// <remarks>The engine of .NET without backtracking refuses most of the syntax that RE2 does not have, such as lookaround.</remarks>
internal sealed partial class Re2Translator(string pattern)
{
    /// <summary>A character beyond U+FFFF.</summary>
    public const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly StringBuilder _result = new();
    private readonly Stack<bool> _outer = new();
    private bool _isMultiline;
    private int _at;

    /// <exception cref="FormatException">It is not a pattern of RE2; the message is the reason.</exception>
    public string Translate()
    {
        while (_at < pattern.Length)
        {
            switch (pattern[_at])
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    _result.Append(new Re2Class(pattern).Translate(ref _at));
                    break;
                case '(':
                    TranslateGroup();
                    break;
                case ')':
                    _isMultiline = _outer.TryPop(out bool outer) && outer;
                    Copy();
                    break;
                case '.':
                    _result.Append($"(?:{AnyPair}|.)");
                    _at++;
                    break;
                case '$' when !_isMultiline:
                    // In .NET a $ also matches before a line break at the end.
                    _result.Append(@"\z");
                    _at++;
                    break;
                default:
                    Copy();
                    break;
            }
        }

        return _result.ToString();
    }

    /// <summary>Copies one character; one of two units becomes a group, so that a repetition applies to both.</summary>
    private void Copy()
    {
        bool isPair = _at + 1 < pattern.Length && char.IsSurrogatePair(pattern[_at], pattern[_at + 1]);
        _result.Append(isPair ? $"(?:{pattern.AsSpan(_at, 2)})" : pattern[_at].ToString());
        _at += isPair ? 2 : 1;
    }

    private void TranslateEscape()
    {
        if (pattern.AsSpan(_at).StartsWith(@"\Q", StringComparison.Ordinal))
        {
            int end = pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
            foreach (Rune rune in (end < 0 ? pattern[(_at + 2)..] : pattern[(_at + 2)..end]).EnumerateRunes())
            {
                AppendLiteral(rune.Value);
            }

            _at = end < 0 ? pattern.Length : end + 2;
        }
        else if (_at + 1 < pattern.Length && pattern[_at + 1] is 'A' or 'z' or 'b' or 'B')
        {
            _result.Append(pattern, _at, 2);
            _at += 2;
        }
        else if (Re2Escape.TryReadClass(pattern, ref _at, out string members))
        {
            _result.Append('[').Append(members).Append(']');
        }
        else
        {
            AppendLiteral(Re2Escape.ReadCharacter(pattern, ref _at));
        }
    }

    private void AppendLiteral(int code)
    {
        string units = string.Concat(char.ConvertFromUtf32(code).Select(Re2Escape.Unit));
        _result.Append(code > char.MaxValue ? $"(?:{units})" : units);
    }

    /// <summary>A group without a number, or flags for the rest of the group. The flag U is dropped: greed does not change a match.</summary>
    private void TranslateGroup()
    {
        Match header = GroupHeader().Match(pattern, _at);
        if (!header.Success)
        {
            throw new FormatException("a group begins with (?, followed by neither flags nor a name; lookaround is not supported");
        }

        bool isRest = header.Groups["end"].Value == ")";
        if (!isRest)
        {
            _outer.Push(_isMultiline);
        }

        string on = header.Groups["on"].Value.Replace("U", "", StringComparison.Ordinal);
        string off = header.Groups["off"].Value.Replace("U", "", StringComparison.Ordinal);
        _isMultiline = (_isMultiline || on.Contains('m', StringComparison.Ordinal)) && !off.Contains('m', StringComparison.Ordinal);
        string flags = off.Length > 0 ? $"{on}-{off}" : on;
        _result.Append(!isRest ? $"(?{flags}:" : flags.Length > 0 ? $"(?{flags})" : "");
        _at += header.Length;
    }

    [GeneratedRegex(@"\G\((?:\?P?<\w+>|\?(?<on>[imsU]*)(?:-(?<off>[imsU]+))?(?<end>[:)])|(?!\?))")]
    private static partial Regex GroupHeader();
}
