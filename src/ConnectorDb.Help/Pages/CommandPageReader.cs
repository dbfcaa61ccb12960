using System.Text.RegularExpressions;

namespace ConnectorDb.Help.Pages;

/// <summary>Text of a help page → the page.</summary>
internal static partial class CommandPageReader
{
    private const string DefaultMark = " (Default)";

    public static CommandPage Read(string text)
    {
        PageSection root = PageSection.Cut(text) is [{ Level: 1 } only]
            ? only
            : throw new FormatException("A help page has one heading of the first level: the name of its cmdlet.");

        return new CommandPage
        {
            Name = root.Title,
            Synopsis = Body(root, "SYNOPSIS"),
            Syntax = ReadSyntax(root.Find("SYNTAX")),
            Description = Body(root, "DESCRIPTION"),
            Examples = Parts(root, "EXAMPLES"),
            Parameters = [.. (root.Find("PARAMETERS")?.Sections ?? []).Where(s => s.Title.StartsWith('-')).Select(ReadParameter)],
            Inputs = Parts(root, "INPUTS"),
            Outputs = Parts(root, "OUTPUTS"),
            Notes = Body(root, "NOTES"),
            Links = Body(root, "RELATED LINKS"),
        };
    }

    private static string Body(PageSection root, string title) => root.Find(title)?.Body ?? "";

    private static TitledPart[] Parts(PageSection root, string title)
        => [.. (root.Find(title)?.Sections ?? []).Select(s => new TitledPart(s.Title, s.Body))];

    private static IReadOnlyList<SyntaxPart> ReadSyntax(PageSection? section) => section switch
    {
        null => [],
        { Sections.Count: 0 } => [new SyntaxPart("", true, Fence().Match(section.Body).Groups["text"].Value)],
        _ => [.. section.Sections.Select(s => new SyntaxPart(
            s.Title.Replace(DefaultMark, "", StringComparison.Ordinal),
            s.Title.EndsWith(DefaultMark, StringComparison.Ordinal),
            Fence().Match(s.Body).Groups["text"].Value))],
    };

    private static ParameterPart ReadParameter(PageSection section)
    {
        MatchCollection facts = YamlFence().Matches(section.Body);
        return new ParameterPart(
            section.Title.TrimStart('-'),
            (facts.Count == 0 ? section.Body : section.Body[..facts[0].Index]).Trim(),
            [.. facts.Select(m => ParameterFacts.Read(m.Groups["text"].Value))]);
    }

    [GeneratedRegex(@"^```[^\n]*\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlFence();
}
