using System.Globalization;

namespace ConnectorDb.Core.Budgets;

/// <summary>Estimates the memory of a regular expression without backtracking from its text in the syntax of .NET.</summary>
/// <remarks>
/// Compiled, a pattern takes 50 to 300 KB. While it matches, the library keeps each set of states that a text leads to, up to ten thousand sets, and never forgets one: measured 24 MB for 900 states and 48 MB for
/// 700, and hardly anything for most patterns.
/// </remarks>
internal static class ExpressionSize
{
    /// <summary>.NET refuses patterns of more states.</summary>
    private const int Most = 1000;

    /// <summary>The states that each pattern counts besides its characters.</summary>
    private const int Least = 4;

    private const long BytesPerState = 1 << 16;

    /// <summary>The memory that a pattern may take at most, in bytes.</summary>
    public static long Bytes(string pattern) => States(pattern) * BytesPerState;

    /// <summary>The number of characters that a pattern has when its counted repetitions are written out.</summary>
    public static int States(string pattern)
    {
        Stack<long> outer = new();
        (long all, long last) = (0, 0);
        for (int at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '(':
                    outer.Push(all);
                    (all, last) = (0, 0);
                    at += pattern.AsSpan(at + 1).StartsWith("?:", StringComparison.Ordinal) ? 2 : 0;
                    break;
                case ')':
                    last = all;
                    all += outer.TryPop(out long before) ? before : 0;
                    break;
                case '{' when Repetition(pattern, ref at) is { } times:
                    (all, last) = (all + (last * (times - 1)), last * times);
                    break;
                case '*' or '+' or '?' or '|' or '^' or '$':
                    break;
                default:
                    at = EndOfCharacter(pattern, at);
                    (all, last) = (all + 1, 1);
                    break;
            }

            if (all > Most)
            {
                return Most;
            }
        }

        return (int)Math.Min(Most, all + Least);
    }

    /// <summary>The highest number of a counted repetition, such as 5 of <c>{2,5}</c>; null, and no move, when the brace is a character.</summary>
    private static long? Repetition(string pattern, ref int at)
    {
        int end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return null;
        }

        string[] bounds = pattern[(at + 1)..end].Split(',');
        if (bounds.Length > 2 || !Array.TrueForAll(bounds, bound => bound.Length is > 0 and < 10 ? bound.All(char.IsAsciiDigit) : bound.Length == 0) || bounds[0].Length == 0)
        {
            return null;
        }

        long times = bounds.Max(bound => bound.Length == 0 ? 1 : long.Parse(bound, CultureInfo.InvariantCulture));
        at = end;
        return Math.Max(1, times);
    }

    /// <summary>The last index of the character, escape or class that begins at an index.</summary>
    private static int EndOfCharacter(string pattern, int at)
    {
        if (pattern[at] == '\\')
        {
            bool isCategory = at + 2 < pattern.Length && pattern[at + 1] is 'p' or 'P' && pattern[at + 2] == '{';
            int end = isCategory ? pattern.IndexOf('}', at) : at + 1;
            return end < 0 ? pattern.Length : end;
        }

        if (pattern[at] != '[')
        {
            return at;
        }

        // A bracket at the start of a class is a character.
        int next = at + 1 < pattern.Length && pattern[at + 1] == '^' ? at + 2 : at + 1;
        for (next = next < pattern.Length && pattern[next] == ']' ? next + 1 : next; next < pattern.Length && pattern[next] != ']'; next++)
        {
            next += pattern[next] == '\\' ? 1 : 0;
        }

        return next;
    }
}
