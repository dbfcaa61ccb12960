using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ConnectorDb.Help.Pages;

/// <summary>A heading of a page, the text right below it as it was written, and the headings below that.</summary>
internal sealed record PageSection(string Title, int Level, string Body, IReadOnlyList<PageSection> Sections)
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    /// <summary>Cuts a page at its headings; headings deeper than <paramref name="depth"/> stay in the text.</summary>
    public static IReadOnlyList<PageSection> Cut(string text, int depth = 3)
    {
        MarkdownDocument document = Markdown.Parse(text, s_pipeline);
        List<HeadingBlock> headings = [.. document.OfType<HeadingBlock>().Where(h => h.Level <= depth)];
        return Nest(text, headings, 0, headings.Count);
    }

    /// <summary>The first section with the title, in upper or lower case; null when the page has none.</summary>
    public PageSection? Find(string title)
        => Sections.FirstOrDefault(s => string.Equals(s.Title, title, StringComparison.OrdinalIgnoreCase));

    private static List<PageSection> Nest(string text, List<HeadingBlock> headings, int from, int to)
    {
        List<PageSection> sections = [];
        for (int i = from; i < to;)
        {
            HeadingBlock heading = headings[i];
            int next = headings.FindIndex(i + 1, to - i - 1, h => h.Level <= heading.Level);
            next = next < 0 ? to : next;
            int bodyEnd = i + 1 < headings.Count ? headings[i + 1].Span.Start : text.Length;
            string body = text[(heading.Span.End + 1)..bodyEnd].Trim('\r', '\n', ' ');
            sections.Add(new PageSection(TitleOf(heading), heading.Level, body, Nest(text, headings, i + 1, next)));
            i = next;
        }

        return sections;
    }

    private static string TitleOf(HeadingBlock heading)
        => string.Concat(heading.Inline?.Descendants().Select(Text) ?? []).Trim();

    private static string Text(MarkdownObject part) => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    };
}
