using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>A datapoint that does not fit ends the script; the results before it remain. Values are at the times 1, 2, 3 …</summary>
public sealed class RuntimeErrorTests
{
    [Theory]
    [InlineData("sum | if last", "1 2 \"x\"", "2: 3", 3)]
    [InlineData("sum", "1 2 \"x\" 4", "1: 1, 2: 3", 3)]
    [InlineData("$ + 1 | if $ > 2", "1 2 {} 4", "2: 3", 3)]
    [InlineData("sum + $('a')", "1 2", "", 1)]
    [InlineData("sum | $ * 10 | next", "1 2 \"x\"", "2: 30, 2: null", 3)]
    [InlineData("map($ % 2, sum)", "1 2 \"x\"", "", 3)]
    [InlineData("imap($, sum)", "1 \"x\" 2", "1: {1:1}", 2)]
    [InlineData("ifelse($ == 2, $('a'), sum)", "1 3 2 5", "1: 1, 2: 4", 3)]
    [InlineData("while(true, sum)", "1 2 \"x\"", "", 3)]
    [InlineData("sum | while(true, count)", "1 2 \"x\"", "2: 2", 3)]
    [InlineData("sum | ttrue", "1 2 \"x\"", "2: 1", 3)]
    [InlineData("sum | resample(2)", "1 2 3 \"x\"", "2: 2, 4: 6", 4)]
    [InlineData("resample(2, sum)", "1 2 3 \"x\"", "2: 3", 4)]
    [InlineData("{'a': sum, 'b': $('q')}", "1", "", 1)]
    [InlineData("if next:($ + 1) > 0", "1 2 \"x\" 3", "1: 1", 3)]
    [InlineData("reduce(sum)", "{\"a\":1} {\"a\":1,\"b\":\"x\"}", "1: 1", 2)]
    [InlineData("$ == ($ | $('a'))", "{\"a\":1} 5", "1: false", 2)]
    public void Results_before_an_error_are_returned(string script, string values, string output, double time)
    {
        ScriptResult result = ScriptResult.OfValues(script, values.Split(' '));

        Assert.Equal(output, (result with { Error = null }).ToString());
        Assert.Equal(time, result.Error?.T);
        Assert.Equal(script, result.Error?.Script);
    }

    [Fact]
    public void The_message_names_the_datapoint_and_the_reason()
    {
        Datapoint[] points = [new(1700000000.5, DataValue.Parse("""{"a":"warm","b":[1,2]}"""))];

        ScriptResult result = ScriptResult.Of("$('a') * 2", [Blocks.Narrow(points)]);

        Assert.Equal(
            "\"warm\" is not a number. The datapoint is {\"a\":\"warm\",\"b\":[1,2]} at 2023-11-14 22:13:20.5Z (t = 1700000000.5).",
            result.Error?.Message);
    }

    [Fact]
    public void A_long_value_is_cut_off_in_the_message()
    {
        Datapoint[] points = [new(1, DataValue.From(new string('x', 100_000)))];

        ScriptResult result = ScriptResult.Of("sum", [Blocks.Narrow(points)]);

        Assert.True(result.Error!.Message.Length < 300);
    }

    [Fact]
    public void After_an_error_an_execution_restarts()
    {
        ScriptExecution run = Script.Parse("count + $").Start();

        Assert.Throws<ScriptRuntimeException>(() => run.Push(Blocks.Narrow([new(1, DataValue.From("x"))])).ToList());

        Assert.Equal(1 + 5, run.Push(Blocks.Narrow([new(1, DataValue.From(5.0))])).Single().Values[0].AsDouble());
    }

    [Fact]
    public async Task An_asynchronous_run_returns_results_before_an_error()
    {
        List<double> seen = [];

        await Assert.ThrowsAsync<ScriptRuntimeException>(async () =>
        {
            await foreach (var block in Script.Parse("sum").RunAsync(Source(), token: CancellationToken.None))
            {
                seen.AddRange(Enumerable.Range(0, block.Count).Select(i => block.Values[i].AsDouble()));
            }
        });

        Assert.Equal([1, 3], seen);

        static async IAsyncEnumerable<ConnectorDb.Columns.Block> Source()
        {
            yield return Blocks.Narrow([new(1, DataValue.From(1.0))]);
            await Task.Yield();
            yield return Blocks.Narrow([new(2, DataValue.From(2.0)), new(3, DataValue.From("x"))]);
        }
    }
}
