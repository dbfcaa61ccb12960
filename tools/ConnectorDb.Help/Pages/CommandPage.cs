namespace ConnectorDb.Help.Pages;

/// <summary>One way to call a cmdlet.</summary>
/// <param name="Set">The name of the parameter set.</param>
/// <param name="Text">The call as <c>Get-Command -Syntax</c> shows it.</param>
internal sealed record SyntaxPart(string Set, bool IsDefault, string Text);

/// <summary>A parameter: its description in markdown, and its facts.</summary>
internal sealed record ParameterPart(string Name, string Description, ParameterFacts Facts);

/// <summary>A titled piece of markdown: an example, or a type with its meaning.</summary>
internal sealed record TitledPart(string Title, string Body);

/// <summary>
/// The help page of one cmdlet, in the schema 2024-05-01 of platyPS 1. Texts are markdown as written; reading and
/// writing a page that agrees with its cmdlet gives the same text again.
/// </summary>
internal sealed record CommandPage
{
    public required string Name { get; init; }

    public string Synopsis { get; init; } = Placeholder("what it does, in one sentence");

    public IReadOnlyList<SyntaxPart> Syntax { get; init; } = [];

    public string Aliases { get; init; } = AliasText([]);

    public string Description { get; init; } = Placeholder("what it does and how, in a few paragraphs");

    public IReadOnlyList<TitledPart> Examples { get; init; } = [new("Example 1", Placeholder("a real, tried example"))];

    public IReadOnlyList<ParameterPart> Parameters { get; init; } = [];

    public IReadOnlyList<TitledPart> Inputs { get; init; } = [];

    public IReadOnlyList<TitledPart> Outputs { get; init; } = [];

    public string Notes { get; init; } = "";

    public string Links { get; init; } = "";

    /// <summary>Marks a text that a person has yet to write; tests refuse pages that hold one.</summary>
    public static string Placeholder(string what) => $"{{{{ {what} }}}}";

    public static string AliasText(IReadOnlyList<string> aliases)
        => aliases.Count == 0 ? "This cmdlet has no aliases." : $"This cmdlet has the following aliases:\n\n{string.Join('\n', aliases.Select(alias => $"- {alias}"))}";

    /// <summary>Reads a page.</summary>
    /// <exception cref="FormatException">It does not start with the name of a cmdlet.</exception>
    public static CommandPage Read(string text) => CommandPageReader.Read(text.ReplaceLineEndings("\n"));

    public override string ToString() => CommandPageWriter.Write(this);
}
