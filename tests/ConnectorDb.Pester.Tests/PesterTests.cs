namespace ConnectorDb.Pester.Tests;

/// <summary>The files of tests/Pester, run in the real pwsh. Each It is a test here.</summary>
public sealed class PesterTests
{
    public static IEnumerable<object[]> Results() => PesterRun.All().Select(result => new object[] { result });

    [SkippableTheory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void It(PesterResult test)
    {
        Skip.If(test.Result == "Skipped", $"{test} {test.Message}");
        Assert.True(test.Result == "Passed", $"{test} {test.Result}\n{test.Message}");
    }
}
