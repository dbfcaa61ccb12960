using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

/// <summary>The pages for contributors name files that exist.</summary>
public sealed partial class NamedPathTests
{
    private static readonly string[] s_pages = ["docs/architecture.md", "CONTRIBUTING.md", "docs/README.md", "docs/transforms/authoring/README.md"];

    [Fact]
    public void Paths_in_the_pages_for_contributors_exist()
        => Rule.Holds(
            from page in s_pages
            from line in Sources.Lines(page)
            from Match named in NamedPath().Matches(line)
            let path = named.Groups["path"].Value
            let full = Path.Combine(Sources.Root, path)
            where !path.Contains("Verb-CdbNoun", StringComparison.Ordinal) && !File.Exists(full) && !Directory.Exists(full)
            select $"{page}: there is no {path}");

    [Fact]
    public void Each_line_of_the_table_of_ASVS_names_tests_that_exist_or_a_reason()
    {
        const string Page = "docs/design/043-asvs.md";
        HashSet<string> tests = [.. Sources.Files("tests", "*").Select(file => Path.GetFileName(file))];
        string[] lines = [.. Sources.Lines(Page).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsDigit(line[2]))];
        Rule.Holds(
            (from line in lines
             from Match named in NamedTest().Matches(line)
             let name = named.Groups["name"].Value
             where !tests.Contains(name) && !tests.Contains($"{name}.cs")
             select $"{Page}: there is no test {name}")
            .Concat(
                from line in lines
                where !NamedTest().IsMatch(line) && !Reason().IsMatch(line)
                select $"{Page}: neither a test nor a reason: {line}")
            .Concat(
                from file in Sources.Files("tests/ConnectorDb.Server.Tests/Attacks", "*Tests.cs")
                let name = Path.GetFileName(file)
                where !lines.Any(line => line.Contains(name, StringComparison.Ordinal))
                select $"{Page}: no line names the attack {name}")
            .Concat(
                from chapter in new[] { 1, 2, 3, 4, 6, 7, 8, 11, 12, 13, 14, 16 }
                where !lines.Any(line => line.StartsWith($"| {chapter}.", StringComparison.Ordinal))
                select $"{Page}: chapter V{chapter} is missing"));
    }

    [Fact]
    public void The_architecture_describes_every_folder()
    {
        string[] page = Sources.Lines("docs/architecture.md");
        Rule.Holds(
            from project in new[] { "ConnectorDb.Core", "ConnectorDb.Server", "ConnectorDb.PowerShell" }
            from folder in Directory.EnumerateDirectories(Path.Combine(Sources.Root, "src", project))
            let name = Path.GetFileName(folder)
            where name is not ("bin" or "obj" or "Properties") && !page.Any(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal))
            select $"docs/architecture.md does not describe src/{project}/{name}");
    }

    [Fact]
    public void The_index_lists_every_page()
    {
        string[] index = Sources.Lines("docs/README.md");
        Rule.Holds(
            from file in Sources.Files("docs/design", "*.md")
            let name = Path.GetFileName(file)
            let title = Sources.Lines(file)[0]
            where !title.StartsWith($"# {name[..3]}: ", StringComparison.Ordinal)
                || !index.Contains($"| [{name[..3]}](design/{name}) | {title[7..]} |")
            select $"{file}: its first line is '# {name[..3]}: Title', and docs/README.md has the line '| [{name[..3]}](design/{name}) | Title |'");
    }

    [GeneratedRegex(@"`(?:[\w.-]+/)*(?<name>[\w-]+(?:Tests|Suite[\w.]*|Matrix)(?:\.cs)?|[\w-]+\.Tests\.ps1)`")]
    private static partial Regex NamedTest();

    /// <summary>Why there is no test.</summary>
    [GeneratedRegex(@"\b([Nn]one|Not|No test|nothing (of ours )?to test)\b")]
    private static partial Regex Reason();

    [GeneratedRegex(@"`(?<path>(src|tests|docs|tools)/[^`\s]+)`")]
    private static partial Regex NamedPath();
}
