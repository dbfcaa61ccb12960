using System.Text;

namespace ConnectorDb.Help.GetHelp;

/// <summary>Text in lines that end between words.</summary>
internal static class WrappedText
{
    /// <returns>At least one line. A word that is longer than a line has a line of its own.</returns>
    public static IEnumerable<string> Lines(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
