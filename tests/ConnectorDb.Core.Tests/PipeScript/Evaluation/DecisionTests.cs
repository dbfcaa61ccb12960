using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>Differences from ConnectorDB 0.3 by decision. Values are at the times 1, 2, 3 …</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData("2 * $ - 1", "1 2 3", "1: 1, 2: 3, 3: 5")]
    [InlineData("5 - $ - 3", "1 2", "1: 1, 2: 0")]
    [InlineData("-$ - 1", "1 2", "1: -2, 2: -3")]
    [InlineData("$ - 2 * 3", "1 2", "1: -5, 2: -4")]
    [InlineData("$ - $ * 2", "1 2", "1: -1, 2: -2")]
    [InlineData("5 * count - 1", "1 2", "1: 4, 2: 9")]
    [InlineData("max:$ - 1", "1 2", "1: 0, 2: 1")]
    [InlineData("5 | $ + 1", "1 2", "1: 6, 2: 6")]
    [InlineData("5 | t", "1 2", "1: 1, 2: 2")]
    [InlineData("{'a': 1} | $('a') + 1", "1 2", "1: 2, 2: 2")]
    [InlineData("count | 5 | -$", "1 2", "1: -5, 2: -5")]
    [InlineData("5 | tshift(5)", "1", "6: 5")]
    [InlineData("'abc' | contains('b')", "1", "1: true")]
    [InlineData("if $ > 1 | 5", "1 2", "2: 5")]
    [InlineData("'a\\\\nb'", "1", "1: \"a\\\\nb\"")]
    [InlineData("max", "\"NaN\" 1 \"NaN\" 3", "1: \"NaN\", 2: 1, 2: 1, 4: 3")]
    [InlineData("min", "\"Inf\" 1", "1: \"Inf\", 2: 1")]
    [InlineData("max", "\"-inf\" \"NaN\"", "1: \"-inf\", 1: \"-inf\"")]
    [InlineData("(max + 0) > 0", "\"NaN\" 1", "1: false, 2: true")]
    [InlineData("while($ != 1, anytrue)", "0 0 1 0 1", "2: false, 4: true, 5: true")]
    [InlineData("iwhile($ != 1, anytrue)", "0 1 0 1 0", "1: false, 2: true, 3: true, 4: true, 5: true")]
    [InlineData("{'a': count} == {'a': 1}", "7 7", "1: true, 2: false")]
    [InlineData("$ == 9007199254740993", "9007199254740993 9007199254740992", "1: true, 2: true")]
    [InlineData("changed", "9007199254740993 9007199254740992", "1: true, 2: true")]
    [InlineData("while($ > 1, count) | 5", "1 2 3", "1: 5, 2: 5, 3: 5")]
    [InlineData("nothing_of_note", "1", "syntax")]
    [InlineData("order", "1", "syntax")]
    [InlineData("{'a': $ == next}", "1", "syntax")]
    [InlineData("map($, remember(last))", "1", "syntax")]
    [InlineData("ifelse(true, next + 0)", "1", "syntax")]
    [InlineData("imap($, ifelse(last, 1, 0))", "1", "syntax")]
    [InlineData("$ + while(true, sum)", "1", "syntax")]
    [InlineData("if while(true, sum)", "1", "syntax")]
    [InlineData("map($, while(true, sum))", "1", "syntax")]
    [InlineData("if ($ | while(true, sum))", "1", "syntax")]
    [InlineData("not while(true, sum)", "1", "syntax")]
    [InlineData("reduce(next)", "{\"a\":1,\"b\":2}", "1: null")]
    [InlineData("filter(last)", "{\"a\":1,\"b\":2}", "1: {}")]
    [InlineData("map($, apply(next + 0)) | length", "{}", "runtime")]
    public void Results(string script, string values, string expected)
    {
        string result;
        try
        {
            ScriptResult run = ScriptResult.OfValues(script, values.Split(' '));
            result = run.Error is null ? run.ToString() : "runtime";
        }
        catch (ScriptSyntaxException)
        {
            result = "syntax";
        }

        Assert.Equal(expected, result);
    }

    [Fact]
    public void Integers_pass_unchanged()
    {
        ScriptResult result = ScriptResult.OfValues("if $ > 0 | remember(changed)", "9223372036854775807", "9007199254740993");

        Assert.Equal([long.MaxValue, 9007199254740993], result.Output.Select(point => point.Value.AsInteger()));
    }

    [Theory]
    [InlineData("$ + 1", false, true, true, false)]
    [InlineData("5", true, true, true, false)]
    [InlineData("count | 5", true, true, true, false)]
    [InlineData("if $ | 5", false, false, false, false)]
    [InlineData("last", false, true, false, true)]
    [InlineData("last + 0", false, true, true, false)]
    [InlineData("$ > 1 and $ < 3", false, true, false, false)]
    [InlineData("while(true, sum)", false, false, false, false)]
    [InlineData("count | next", false, true, false, true)]
    public void The_flags_of_a_script_are_known(string script, bool constant, bool oneToOne, bool stateless, bool peek)
    {
        Script parsed = Script.Parse(script);

        Assert.Equal((constant, oneToOne, stateless, peek), (parsed.Constant, parsed.OneToOne, parsed.Stateless, parsed.Peek));
    }
}
