using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Language;

public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("   ", 1, 4)]
    [InlineData("$ |", 1, 4)]
    [InlineData("| $", 1, 1)]
    [InlineData("$ > 3 && $ < 5", 1, 7)]
    [InlineData("$.a", 1, 2)]
    [InlineData("5.", 1, 2)]
    [InlineData("$ = 3", 1, 3)]
    [InlineData("count # all", 1, 7)]
    [InlineData("'abc", 1, 1)]
    [InlineData("\"abc\\\"", 1, 1)]
    [InlineData("'ab\ncd'", 1, 1)]
    [InlineData("(1 + 2", 1, 7)]
    [InlineData("(1 + 2]", 1, 7)]
    [InlineData("1 + 2)", 1, 6)]
    [InlineData("{}", 1, 2)]
    [InlineData("{'a': 1, 'a': 2}", 1, 10)]
    [InlineData("{'a' 1}", 1, 6)]
    [InlineData("{'a': 1,}", 1, 9)]
    [InlineData("count[]", 1, 7)]
    [InlineData("map($,)", 1, 7)]
    [InlineData("1 + count (2)", 1, 11)]
    [InlineData("count (1, 2)", 1, 9)]
    [InlineData("1e5", 1, 2)]
    [InlineData("if $\n  | sum\n  | nonsense", 3, 5)]
    [InlineData("map($, (if $ > 3))", 1, 8)]
    [InlineData("$ + (if $)", 1, 5)]
    [InlineData("sum(1)", 1, 5)]
    [InlineData("bucket($)", 1, 8)]
    [InlineData("$ | 'a' * 2", 1, 5)]
    [InlineData("map($, last)", 1, 8)]
    [InlineData("map($, $ == next)", 1, 8)]
    [InlineData("{'a': last and true}", 1, 7)]
    [InlineData("if while(true, sum) > 3", 1, 4)]
    [InlineData("weekday('Europe/Nowhere')", 1, 9)]
    [InlineData("1 + 99999999999999999999999999999999999999999999999999e", 1, 55)]
    public void A_syntax_error_has_its_position(string script, int line, int column)
    {
        ScriptSyntaxException error = Assert.Throws<ScriptSyntaxException>(() => Script.Parse(script));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Equal(script, error.Script);
        Assert.True(error.Length >= 1);
    }

    [Fact]
    public void The_message_shows_the_line_with_carets()
    {
        ScriptSyntaxException error = Assert.Throws<ScriptSyntaxException>(() => Script.Parse("if $ > 3\n | cuont | sum"));

        Assert.Equal("There is no transform 'cuont'. Did you mean 'count'?\n   | cuont | sum\n     ^^^^^", error.Message);
        Assert.Equal(5, error.Length);
    }

    [Theory]
    [InlineData("cuont", "count")]
    [InlineData("Count", "count")]
    [InlineData("lenght", "length")]
    [InlineData("medain", "median")]
    [InlineData("ifels($, 1, 2)", "ifelse")]
    [InlineData("wekday", "weekday")]
    public void The_nearest_transform_is_suggested(string script, string nearest)
        => Assert.Contains($"Did you mean '{nearest}'?", Assert.Throws<ScriptSyntaxException>(() => Script.Parse(script)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nothing_like_it")]
    [InlineData("q")]
    public void A_name_far_from_all_others_gets_no_suggestion(string script)
        => Assert.DoesNotContain("Did you mean", Assert.Throws<ScriptSyntaxException>(() => Script.Parse(script)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_shortened_around_the_error()
    {
        string script = string.Join(" | ", Enumerable.Repeat("$", 10_000)) + " | oops | " + string.Join(" | ", Enumerable.Repeat("$", 10_000));

        ScriptSyntaxException error = Assert.Throws<ScriptSyntaxException>(() => Script.Parse(script));

        Assert.True(error.Message.Length < 400);
        string[] lines = error.Message.Split('\n');
        Assert.Equal("oops", lines[^2].Substring(lines[^1].IndexOf('^', StringComparison.Ordinal), 4));
    }

    [Theory]
    [InlineData("map([weekday, dayhour], count)")]
    [InlineData("map [weekday, dayhour] count")]
    public void A_key_of_several_values_is_explained(string script)
        => Assert.Contains("weekday + \"-\" + dayhour", Assert.Throws<ScriptSyntaxException>(() => Script.Parse(script)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_minus_after_a_name_is_explained()
        => Assert.Contains("minus subtracts", Assert.Throws<ScriptSyntaxException>(() => Script.Parse("tshift -5")).Message, StringComparison.Ordinal);
}
