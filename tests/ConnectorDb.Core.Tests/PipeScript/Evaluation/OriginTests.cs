using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>The origins of datapoints after a script. Values with their origins: <c>2@u/a</c>.</summary>
public sealed class OriginTests
{
    private static readonly double[] s_times = [1, 2, 3, 4];
    private static readonly double[] s_values = [1, 2, 3, 4];
    private static readonly string?[] s_origins = [null, "u/a", "u/b", "u/a"];

    [Theory]
    [InlineData("$", "1 2@u/a 3@u/b 4@u/a")]
    [InlineData("$ * 2", "2 4@u/a 6@u/b 8@u/a")]
    [InlineData("-$", "-1 -2@u/a -3@u/b -4@u/a")]
    [InlineData("not ($ > 2)", "true true@u/a false@u/b false@u/a")]
    [InlineData("5", "5 5@u/a 5@u/b 5@u/a")]
    [InlineData("if $ > 1", "2@u/a 3@u/b 4@u/a")]
    [InlineData("if first", "1")]
    [InlineData("if last", "4@u/a")]
    [InlineData("sum | if last", "10@u/a")]
    [InlineData("last", "false false@u/a false@u/b true@u/a")]
    [InlineData("tshift(5)", "1 2@u/a 3@u/b 4@u/a")]
    [InlineData("ifelse($ > 2, $ * 10, $)", "1 2@u/a 30@u/b 40@u/a")]
    [InlineData("iwhile($ != 3, sum)", "1 3@u/a 3@u/b 7@u/a")]
    [InlineData("imap($ > 2, count)", "{false:1} {false:2}@u/a {false:2,true:1}@u/b {false:2,true:2}@u/a")]
    [InlineData("{\"a\": $} | apply($ + 1)", "{a:2} {a:3}@u/a {a:4}@u/b {a:5}@u/a")]
    [InlineData("{\"a\": $} | set(\"b\", 0) | if last", "{a:4,b:0}@u/a")]
    [InlineData("{\"a\": $, \"b\": 1} | reduce(sum)", "2 3@u/a 4@u/b 5@u/a")]
    [InlineData("if next > 2", "2@u/a 3@u/b")]
    public void A_result_for_one_datapoint_keeps_its_origin(string script, string expected) => Check(script, expected);

    [Theory]
    [InlineData("next", "2@u/a 3@u/b 4@u/a null@u/a")]
    [InlineData("max", "1 2@u/a 3@u/b 4@u/a")]
    [InlineData("min", "1 1 1 1")]
    [InlineData("remember($ == 3)", "1 1 3@u/b 3@u/b")]
    public void A_remembered_datapoint_keeps_its_own_origin(string script, string expected) => Check(script, expected);

    [Theory]
    [InlineData("map($ > 2, count)", "{false:2,true:2}")]
    [InlineData("while($ != 3, sum)", "3 7")]
    [InlineData("resample(2, sum)", "3 7")]
    [InlineData("$ > 1 | ttrue", "2")]
    public void A_result_for_several_datapoints_has_no_origin(string script, string expected) => Check(script, expected);

    [Theory]
    [InlineData("if $ > 1 | $ * 2")]
    [InlineData("ifelse($ > 2, $, 0) + next")]
    [InlineData("max | if last")]
    public void Without_origins_there_is_no_column_of_origins(string script)
        => Assert.All(Script.Parse(script).Run([new Block(s_times, new NumberColumn(s_values))]), result => Assert.Null(result.Origins));

    private static void Check(string script, string expected)
    {
        Block numbers = new(s_times, new NumberColumn(s_values), s_origins);
        Block any = new(s_times, new ValueColumn(s_values.Select(DataValue.From).ToArray()), s_origins);
        foreach (Block points in new[] { numbers, any })
        {
            Assert.Equal(expected, Show(Script.Parse(script).Run([points])));
            Assert.Equal(expected, Show(Script.Parse(script).Run(Enumerable.Range(0, points.Count).Select(i => points.Slice(i, 1)))));
        }
    }

    private static string Show(IEnumerable<Block> results)
        => string.Join(' ', results.SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block.At(i)))
            .Select(point => Blocks.Show(point.Value) + (point.Origin is { } origin ? $"@{origin}" : "")));
}
