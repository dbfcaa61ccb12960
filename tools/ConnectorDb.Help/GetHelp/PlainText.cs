using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ConnectorDb.Help.GetHelp;

/// <summary>Markdown → the plain paragraphs that a terminal shows.</summary>
internal static class PlainText
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>One text per paragraph, list, code block or table; only lists, code and tables have more than one line.</summary>
    public static IEnumerable<string> Paragraphs(string markdown)
        => Markdown.Parse(markdown, s_pipeline).SelectMany(b => Paragraphs(b, markdown));

    /// <summary>The code of the first fence, with the output right after it, and what is before and after in markdown.</summary>
    public static (string Before, string Code, string After) SplitAtCode(string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, s_pipeline);
        int first = document.ToList().FindIndex(b => b is FencedCodeBlock);
        if (first < 0)
        {
            return (markdown, "", "");
        }

        List<Block> fences = [.. document.Skip(first).TakeWhile(b => b is FencedCodeBlock)];
        string code = string.Join("\n\n", fences.Cast<FencedCodeBlock>().Select(f => f.Lines.ToString()));
        return (markdown[..fences[0].Span.Start].Trim(), code, markdown[(fences[^1].Span.End + 1)..].Trim());
    }

    private static IEnumerable<string> Paragraphs(Block block, string source) => block switch
    {
        CodeBlock code => [Indented(code.Lines.ToString())],
        Table table => [Indented(source.Substring(table.Span.Start, table.Span.Length))],
        ListBlock { IsLoose: false } list => [string.Join('\n', list.OfType<ListItemBlock>().SelectMany(item => Item(item, source)))],
        ListBlock list => list.OfType<ListItemBlock>().SelectMany(item => Item(item, source)),
        ContainerBlock container => container.SelectMany(b => Paragraphs(b, source)),
        LeafBlock { Inline: { } inline } => [Text(inline)],
        _ => [],
    };

    private static IEnumerable<string> Item(ListItemBlock item, string source)
    {
        string mark = item.Order > 0 ? $"{item.Order}. " : "- ";
        return item.SelectMany(b => Paragraphs(b, source)).Select((text, i) => (i == 0 ? mark : "  ") + text);
    }

    private static string Text(ContainerInline inline)
    {
        StringBuilder text = new();
        foreach (Inline part in inline)
        {
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline { Url: { } url } link when url.StartsWith("http", StringComparison.Ordinal) => $"{Text(link)} ({url})",
                ContainerInline container => Text(container),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select(l => "    " + l.TrimEnd()));
}
