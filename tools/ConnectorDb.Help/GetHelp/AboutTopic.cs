using System.Text;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The markdown of an about_ topic → the plain text that Get-Help shows, indented below its headings.</summary>
internal static class AboutTopic
{
    private const int Width = 78;

    public static string Make(string name, string markdown)
    {
        StringBuilder text = new();
        text.Append("TOPIC\n    ").Append(name).Append("\n\n");
        foreach (PageSection section in PageSection.Cut(markdown.ReplaceLineEndings("\n")).SelectMany(WithInner))
        {
            if (section.Title != name)
            {
                text.Append(section.Level <= 2 ? section.Title.ToUpperInvariant() : "  " + section.Title).Append('\n');
            }

            foreach (string paragraph in PlainText.Paragraphs(section.Body))
            {
                text.AppendJoin('\n', Lines(paragraph)).Append("\n\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<PageSection> WithInner(PageSection section)
        => section.Sections.SelectMany(WithInner).Prepend(section);

    private static IEnumerable<string> Lines(string paragraph)
        => paragraph.StartsWith("    ", StringComparison.Ordinal)
            ? paragraph.Split('\n').Select(l => "    " + l)
            : paragraph.Split('\n').SelectMany(l => Wrapped(l, l.StartsWith("- ", StringComparison.Ordinal) ? "      " : "    "));

    private static IEnumerable<string> Wrapped(string text, string rest)
    {
        StringBuilder line = new("    ");
        int indent = line.Length;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent && line.Length + word.Length + 1 > Width)
            {
                yield return line.ToString();
                line.Clear().Append(rest);
                indent = rest.Length;
            }

            line.Append(line.Length > indent ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
