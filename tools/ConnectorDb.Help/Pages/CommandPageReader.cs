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
            Aliases = Body(root, "ALIASES"),
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

    private static SyntaxPart[] ReadSyntax(PageSection? section) =>
    [
        .. (section?.Sections ?? []).Select(s => new SyntaxPart(
            s.Title.Replace(DefaultMark, "", StringComparison.Ordinal),
            s.Title.EndsWith(DefaultMark, StringComparison.Ordinal),
            Fence().Match(s.Body).Groups["text"].Value)),
    ];

    private static ParameterPart ReadParameter(PageSection section)
    {
        string name = section.Title.TrimStart('-');
        Match yaml = YamlFence().Match(section.Body);
        return yaml.Success
            ? new ParameterPart(name, section.Body[..yaml.Index].Trim(), ParameterFacts.Read(yaml.Groups["text"].Value))
            : throw new FormatException($"-{name} has no yaml block. Update the pages (docs/design/020-help.md).");
    }

    [GeneratedRegex(@"^```[^\n]*\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlFence();
}
