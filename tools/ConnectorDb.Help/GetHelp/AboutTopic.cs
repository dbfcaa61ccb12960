using System.Text;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The markdown of an about_ topic → the plain text that Get-Help shows, indented below its headings.</summary>
internal static class AboutTopic
{
    private const int Width = 78;
    private const string Indent = "    ";

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
        => paragraph.StartsWith(Indent, StringComparison.Ordinal)
            ? paragraph.Split('\n').Select(line => Indent + line)
            : paragraph.Split('\n').SelectMany(line => Wrapped(line, line.StartsWith("- ", StringComparison.Ordinal) ? Indent + "  " : Indent));

    private static IEnumerable<string> Wrapped(string text, string rest)
        => WrappedText.Lines(text, Width - rest.Length).Select((line, i) => (i == 0 ? Indent : rest) + line);
}
