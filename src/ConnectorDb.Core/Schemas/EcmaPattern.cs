using System.Text;

namespace ConnectorDb.Core.Schemas;

/// <summary>
/// Rewrites the parts of a pattern that differ between ECMA-262, the dialect of JSON Schema, and .NET: <c>\d</c>, <c>\w</c> and
/// <c>\s</c> with their opposites, and <c>$</c>.
/// </summary>
/// <remarks><c>RegexOptions.ECMAScript</c> would do it, but excludes matching without backtracking and most of Unicode.</remarks>
internal static class EcmaPattern
{
    /// <summary>The same pattern for .NET.</summary>
    public static string Translate(string pattern)
    {
        StringBuilder result = new(pattern.Length);
        bool isInClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i++;
                string? members = MembersOf(pattern[i]);
                result.Append(members is null ? $"\\{pattern[i]}" : isInClass ? members : $"[{members}]");
            }
            else if (c == '$' && !isInClass)
            {
                // In .NET a $ also matches before a line break at the end.
                result.Append("\\z");
            }
            else
            {
                isInClass = c == '[' || (isInClass && c != ']');
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>The characters of a class escape, as the content of a bracket expression; null for other escapes.</summary>
    private static string? MembersOf(char escape) => escape switch
    {
        'd' => "0-9",
        'D' => @"\0-/:-\uFFFF",
        'w' => "0-9A-Za-z_",
        'W' => @"\0-/:-@\[-\^`{-\uFFFF",
        's' => @"\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF",
        'S' => @"\0-\x08\x0E-\x1F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF",
        _ => null,
    };
}
