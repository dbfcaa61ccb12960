using System.Buffers;
using System.Globalization;

namespace ConnectorDb.Core.Csv;

/// <summary>How a file writes numbers.</summary>
/// <param name="DecimalMark">The decimal mark.</param>
/// <param name="GroupMarks">What may stand between groups of three digits.</param>
internal sealed record NumberFormat(char DecimalMark, string GroupMarks)
{
    public const char ArabicDecimalMark = '\u066B';
    private const string ArabicGroupMark = "\u066C";
    private const string NeutralGroupMarks = "\u00A0\u202F\u2009 '\u2019";
    private const int Group = 3;
    private static readonly SearchValues<char> s_letters = SearchValues.Create("0123456789,.eE+-");

    public static NumberFormat Invariant { get; } = new('.', "");

    /// <exception cref="InvalidValueException">The decimal mark of the culture has several characters.</exception>
    public static NumberFormat Of(CultureInfo culture)
    {
        string mark = culture.NumberFormat.NumberDecimalSeparator;
        string group = culture.NumberFormat.NumberGroupSeparator;
        // Blanks and apostrophes between digits mean groups in every culture, as in "1 234,5".
        string groups = NeutralGroupMarks.Contains(group, StringComparison.Ordinal) ? NeutralGroupMarks : group + NeutralGroupMarks;
        return mark.Length == 1 ? new NumberFormat(mark[0], groups.Replace(mark, "", StringComparison.Ordinal))
            : throw new InvalidValueException($"The numbers of {culture.Name} have the decimal mark '{mark}', which is not supported. Give another -Culture.", culture);
    }

    /// <summary>Finds the decimal mark of the numbers in the first rows.</summary>
    /// <param name="hasGroups">False when the file is known to have no marks between groups of digits.</param>
    /// <exception cref="InvalidValueException">A comma may be a decimal mark or a mark of groups in all numbers.</exception>
    public static NumberFormat Of(IEnumerable<string> fields, bool hasGroups)
    {
        bool hasDecimalComma = false;
        bool hasDecimalPoint = false;
        string groups = "";
        string? open = null;
        foreach (string field in fields)
        {
            string text = AsciiDigits.Of(field.Trim()).TrimStart('+', '-');
            if (text.Contains(ArabicDecimalMark, StringComparison.Ordinal) && CellText.IsNumber(text))
            {
                return new NumberFormat(ArabicDecimalMark, ArabicGroupMark);
            }

            int comma = text.LastIndexOf(',');
            int point = text.LastIndexOf('.');
            if (text.Length == 0 || (comma < 0 && point < 0) || text.AsSpan().ContainsAnyExcept(s_letters))
            {
                continue;
            }

            if (comma >= 0 && point >= 0)
            {
                hasDecimalComma |= comma > point;
                hasDecimalPoint |= point > comma;
                groups = comma > point ? "." : ",";
            }
            else if (comma < 0)
            {
                bool isGroups = text.IndexOf('.') != point;
                hasDecimalPoint |= !isGroups;
                (hasDecimalComma, groups) = isGroups ? (true, ".") : (hasDecimalComma, groups);
            }
            else if (text.IndexOf(',') != comma)
            {
                groups = ",";
                hasDecimalPoint = true;
            }
            else if (hasGroups && IsGroup(text, comma))
            {
                open = field;
            }
            else
            {
                hasDecimalComma = true;
            }
        }

        if (open is not null && !hasDecimalComma && groups.Length == 0)
        {
            throw new InvalidValueException(
                $"'{open}' may be {open.Replace(',', '.')} or {open.Replace(",", "", StringComparison.Ordinal)}, and no other number of the first rows shows which. Give -Culture, such as de-DE or en-US.",
                open);
        }

        return hasDecimalComma && (!hasDecimalPoint || groups == ".") ? new NumberFormat(',', groups == "," ? "" : groups)
            : new NumberFormat('.', groups == "." ? "" : groups);
    }

    /// <summary>Removes the marks of groups.</summary>
    /// <returns>False when they are not between groups of three digits, or are not all the same.</returns>
    public bool TryUngroup(ReadOnlySpan<char> text, out string plain)
    {
        plain = "";
        int end = text.IndexOf(DecimalMark);
        ReadOnlySpan<char> whole = end < 0 ? text : text[..end];
        int last = -1;
        for (int i = 0; i < whole.Length; i++)
        {
            if (!GroupMarks.Contains(whole[i], StringComparison.Ordinal))
            {
                continue;
            }

            if (last >= 0 && whole[i] != whole[last])
            {
                return false;
            }

            int digits = last < 0 ? whole[..i].TrimStart("+-").Length : i - last - 1;
            if (digits is 0 or > Group || (last >= 0 && digits != Group))
            {
                return false;
            }

            last = i;
        }

        if (last < 0 || whole.Length - last - 1 != Group)
        {
            return false;
        }

        plain = string.Concat(text.ToString().Where(letter => !GroupMarks.Contains(letter, StringComparison.Ordinal)));
        return true;
    }

    /// <summary>True for up to three digits, not 0 at the start, a comma, and three digits.</summary>
    private static bool IsGroup(string text, int comma) => comma is >= 1 and <= Group && text[0] != '0' && text.Length - comma - 1 == Group;
}
