using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Tests.Conventions;

/// <summary>The version of the PowerShell that comes as a .NET tool.</summary>
public sealed partial class PowerShellVersionTests
{
    private static readonly string[] s_files = ["README.md", ".ci/run", .. Sources.Files(".github/workflows", "*.yml")];

    [Fact]
    public void Every_command_names_the_version_that_the_tests_use()
    {
        string version = Regex.Match(string.Join('\n', Sources.Lines("Directory.Packages.props")), "<PowerShellVersion>(.+)</PowerShellVersion>").Groups[1].Value;

        Rule.Holds(
            from file in s_files
            from line in Sources.Lines(file)
            from Match named in ToolVersion().Matches(line)
            where named.Groups["version"].Value != version
            select $"{file} names PowerShell {named.Groups["version"]}, Directory.Packages.props {version}");
    }

    [GeneratedRegex(@"PowerShell@(?<version>[\d.]+)")]
    private static partial Regex ToolVersion();
}
