using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Language;

/// <summary>Scripts nobody writes, but somebody may send.</summary>
public sealed class LimitTests
{
    /// <summary>The smallest stack that .NET gives its threads anywhere is larger than this.</summary>
    private const int SmallStack = 1024 * 1024;

    private static readonly Block s_points = Blocks.Narrow([new(1, DataValue.From(1.0)), new(2, DataValue.From(2.0))]);

    public static TheoryData<string, string, string> Nestings => new()
    {
        { "(", "$", ")" },
        { "[", "$", "]" },
        { "-", "$", "" },
        { "not ", "$", "" },
        { "1 + (2 * ", "$", ")" },
        { "$ and ($ > 1 + ", "$", ")" },
        { "{'a': ", "$", "}" },
        { "imap($, ", "count", ")" },
        { "ifelse(true, ", "count", ")" },
        { "iwhile(true, ", "sum", ")" },
        { "max(", "$", ")" },
        { "remember(true, (next | ", "$", "))" },
        { "$ : (sum : ", "$", ")" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Nesting_runs_up_to_the_limit_and_is_an_error_beyond(string open, string inside, string close)
    {
        OnSmallStack(() =>
        {
            Assert.Contains("250 levels", Assert.Throws<ScriptSyntaxException>(() => Script.Parse(Nested(3_900))).Message, StringComparison.Ordinal);
            int deepest = Enumerable.Range(1, 250).Last(depth => Record.Exception(() => Script.Parse(Nested(depth))) is null);
            Assert.True(deepest > 60);
            Script script = Script.Parse(Nested(deepest));
            Assert.Equal(script.ToString(), Script.Parse(script.ToString()).ToString());
            Assert.Equal(2, ScriptResult.Of(script, [s_points]).Output.Count);
        });

        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + inside + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Theory]
    [InlineData("$", " + 1", 20_000, 20_001)]
    [InlineData("$", " | $", 20_000, 1)]
    [InlineData("$", ":$", 40_000, 1)]
    [InlineData("$", " or $ == 7", 9_000, 1)]
    [InlineData("$ + (0", " * 1", 20_000, 1)]
    public void A_script_of_almost_the_maximum_length_runs(string start, string link, int links, double first)
    {
        OnSmallStack(() =>
        {
            string text = new StringBuilder(start).Insert(start.Length, link, links).Append(start.Contains('(', StringComparison.Ordinal) ? ")" : "").ToString();
            Script script = Script.Parse(text);

            DataValue result = ScriptResult.Of(script, [s_points]).Output[0].Value;

            Assert.Equal(first, result.Kind == DataKind.Boolean ? (result.AsBoolean() ? 1 : 0) : result.AsDouble());
            Assert.True(script.ToString().Length > text.Length - 3);
        });
    }

    [Fact]
    public void A_number_or_text_of_almost_the_maximum_length_is_parsed()
    {
        Assert.Throws<ScriptSyntaxException>(() => Script.Parse(new string('9', 99_000)));
        Assert.Equal(99_000, ScriptResult.Of($"'{new string('a', 99_000)}' | length", [s_points]).Output[0].Value.AsDouble());
        Assert.Throws<ScriptSyntaxException>(() => Script.Parse(new string('a', 99_000)));
        Assert.Throws<ScriptSyntaxException>(() => Script.Parse("'" + new string('a', 99_000)));
    }

    [Theory]
    [InlineData("map($, count)", "map")]
    [InlineData("imap($, count) | if last | length", "imap")]
    [InlineData("new | if last", "new")]
    public void A_million_keys_are_too_many(string script, string name)
    {
        double[] numbers = Enumerable.Range(0, 1_000_000).Select(i => (double)i).ToArray();

        ScriptResult result = ScriptResult.Of(script, [new Block(numbers, new NumberColumn(numbers))]);

        Assert.Equal(50_000, result.Error?.T);
        Assert.Contains($"50000 distinct values that {name} takes", result.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_can_be_set()
    {
        ScriptSettings settings = new() { MaxKeys = 2, MaxText = 5, MaxPeek = 1 };

        Assert.Equal(3, ScriptResult.Of(Script.Parse("map($, count)", settings), [Points("1", "2", "3")]).Error?.T);
        Assert.Equal(2, ScriptResult.Of(Script.Parse("append", settings), [Points("\"äö\"", "\"ab\"")]).Error?.T);
        Assert.Throws<ScriptSyntaxException>(() => Script.Parse("next(2)", settings));
    }

    private static Block Points(params string[] values) => Blocks.Narrow(values.Select((value, i) => new Datapoint(i + 1, DataValue.Parse(value))));

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(action), SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
