using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ConnectorDb.Help.GetHelp;

/// <summary>Markdown → the plain paragraphs that a terminal shows.</summary>
internal static class PlainText
{
    /// <summary>The width of a table that is indented twice, in a terminal of 80 characters.</summary>
    private const int TableWidth = 70;

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>One text per paragraph, list, code block or table; only lists, code and tables have more than one line.</summary>
    public static IEnumerable<string> Paragraphs(string markdown)
        => Markdown.Parse(markdown, s_pipeline).SelectMany(b => Paragraphs(b, markdown));

    /// <summary>The code of the first fence, and the markdown before and after it: its output belongs to the text, since readers paste the code.</summary>
    public static (string Before, string Code, string After) SplitAtCode(string markdown)
        => Markdown.Parse(markdown, s_pipeline).OfType<FencedCodeBlock>().FirstOrDefault() is { } fence
            ? (markdown[..fence.Span.Start].Trim(), fence.Lines.ToString(), markdown[(fence.Span.End + 1)..].Trim())
            : (markdown, "", "");

    private static IEnumerable<string> Paragraphs(Block block, string source) => block switch
    {
        CodeBlock code => [Indented(code.Lines.ToString())],
        Table table => [Indented(TextTable.Make(RowsOf(table), TableWidth))],
        ListBlock { IsLoose: false } list => [string.Join('\n', list.OfType<ListItemBlock>().SelectMany(item => Item(item, source)))],
        ListBlock list => list.OfType<ListItemBlock>().SelectMany(item => Item(item, source)),
        ContainerBlock container => container.SelectMany(b => Paragraphs(b, source)),
        LeafBlock { Inline: { } inline } => [Text(inline)],
        _ => [],
    };

    private static string[][] RowsOf(Table table)
        => [.. table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(cell => string.Join(' ', cell.OfType<LeafBlock>().Select(TextOf))).ToArray())];

    // In a table, a backslash is before each pipe that is no border.
    private static string TextOf(LeafBlock block) => block.Inline is { } inline ? Text(inline).Replace("\\|", "|", StringComparison.Ordinal) : "";

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
                CodeInline code => Quoted(code.Content),
                LineBreakInline => " ",
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline { Url: { } url } link when url.StartsWith("http", StringComparison.Ordinal) => $"{Text(link)} ({url})",
                ContainerInline container => Text(container),
                _ => "",
            });
        }

        return text.ToString();
    }

    // Code of several words, such as 'if last', would read as part of the sentence.
    private static string Quoted(string code)
        => code.Contains(' ', StringComparison.Ordinal) && !code.Contains('\'', StringComparison.Ordinal) ? $"'{code}'" : code;

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select(l => "    " + l.TrimEnd()));
}
