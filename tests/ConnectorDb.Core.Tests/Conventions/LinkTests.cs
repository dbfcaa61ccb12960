using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

public sealed partial class LinkTests
{
    [Fact]
    public void Links_between_the_pages_lead_somewhere()
        => Rule.Holds(
            from file in Sources.Files("docs", "*.md").Concat(["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
            from line in Sources.Lines(file)
            from Match link in Link().Matches(line)
            let target = link.Groups["target"].Value
            let place = Path.Combine(Sources.Root, Path.GetDirectoryName(file)!, target)
            where !File.Exists(place) && !Directory.Exists(place)
            select $"{file}: there is no {target}");

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
