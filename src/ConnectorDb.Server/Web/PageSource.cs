using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorDb.Server.Web;

/// <summary>Shortens scripts and style sheets: without comments on lines of their own, comments with types, and indentation.</summary>
internal static partial class PageSource
{
    /// <param name="source">No text in it spans lines.</param>
    public static string Shorten(string source)
    {
        StringBuilder shortened = new(source.Length);
        bool isComment = false;
        foreach (string line in TypeComment().Replace(source, "").Split('\n'))
        {
            string text = line.Trim();
            bool isWhole = isComment || text.StartsWith("/*", StringComparison.Ordinal);
            isComment = isWhole && !text.EndsWith("*/", StringComparison.Ordinal);
            if (!isWhole && text.Length > 0 && !text.StartsWith("//", StringComparison.Ordinal))
            {
                shortened.Append(text).Append('\n');
            }
        }

        return shortened.ToString();
    }

    [GeneratedRegex(@"/\*\* @[^*]*\*/ ?")]
    private static partial Regex TypeComment();
}
