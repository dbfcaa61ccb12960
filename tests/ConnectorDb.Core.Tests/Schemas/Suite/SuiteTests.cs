namespace ConnectorDb.Core.Tests.Schemas.Suite;

/// <summary>
/// The public test suite of JSON Schema (github.com/json-schema-org/JSON-Schema-Test-Suite, MIT, see LICENSE in this folder) for
/// drafts 4, 6 and 7.
/// </summary>
public sealed class SuiteTests
{
    public static TheoryData<string> Files => [.. SuiteCase.Files()];

    [Theory]
    [MemberData(nameof(Files))]
    public void All_cases_of_the_suite_pass_except_the_listed_ones(string file)
        => Rule.Holds(
            from one in SuiteCase.Read(file)
            where SuiteExclusions.Of(one) is null
            let failure = one.Run()
            where failure is not null
            select $"{one.FullName}: {failure}");

    [Fact]
    public void Every_listed_case_is_needed()
        => Rule.Holds(SuiteExclusions.Unneeded([.. SuiteCase.Files().SelectMany(SuiteCase.Read)]));
}
