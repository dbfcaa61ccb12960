using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

/// <summary>Summaries are plain sentences about the thing.</summary>
public sealed partial class SummaryTests
{
    private static readonly string[] s_folders = ["src", "tests", "tools"];

    [Fact]
    public void Summaries_have_no_clauses_with_who_or_what()
        => Rule.Holds(
            from folder in s_folders
            from file in Sources.Files(folder, "*.cs")
            from Match summary in Summary().Matches(string.Join('\n', Sources.Lines(file)))
            let text = Markup().Replace(LineStart().Replace(summary.Groups["text"].Value, " "), "X").Trim()
            where Opening().IsMatch(text) || Clause().IsMatch(text)
            select $"{file}: {text}");

    [GeneratedRegex(@"/// <summary>(?<text>.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\s*\n\s*///\s?")]
    private static partial Regex LineStart();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(Who|What|Whoever|Whatever|Whom|Whose|Whether|So|That|Those)\b")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\b(who|whoever|whom|what|whatever)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clause();
}
