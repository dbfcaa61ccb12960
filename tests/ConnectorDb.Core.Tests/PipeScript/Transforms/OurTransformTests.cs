using System.Globalization;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

/// <summary>The transforms that the original did not have. Values are at the times 1, 2, 3 …</summary>
public sealed class OurTransformTests
{
    [Theory]
    [InlineData("map(weekday + '-' + dayhour, count)", "5 6", "2: {Thursday-0:2}")]
    [InlineData("map(monthday + '.' + $, count)", "5 6 5", "3: {1.5:2,1.6:1}")]
    [InlineData("map(('a' + $) + 1, count)", "5 null", "2: {a1:1,a51:1}")]
    [InlineData("map($ + 1, count)", "5 5", "2: {6:2}")]
    [InlineData("map($ + '1', count)", "5", "1: {6:1}")]
    [InlineData("imap(dayhour + ' ' + $, count) | if last", "5", "1: {0 5:1}")]
    [InlineData("median", "", "")]
    [InlineData("median | if last", "", "")]
    [InlineData("median", "5", "1: 5")]
    [InlineData("median", "5 1 3 2", "1: 5, 2: 3, 3: 3, 4: 2.5")]
    [InlineData("median", "1 \"3\" true null", "1: 1, 2: 2, 3: 1, 4: 1")]
    [InlineData("median", "1 \"NaN\" 2", "1: 1, 2: NaN, 3: NaN")]
    [InlineData("stdev", "", "")]
    [InlineData("stdev | if last", "", "")]
    [InlineData("stdev", "7", "1: null")]
    [InlineData("stdev", "2 4 4 4 5 5 7 9 | last", "8: 2.138089935299395")]
    [InlineData("stdev", "1 2 3", "1: null, 2: 0.7071067811865476, 3: 1")]
    [InlineData("stdev", "1000000001 1000000002 1000000003 | last", "3: 1")]
    [InlineData("quantile(0.5)", "", "")]
    [InlineData("quantile(0)", "3 1 2", "1: 3, 2: 1, 3: 1")]
    [InlineData("quantile(1)", "3 1 4", "1: 3, 2: 3, 3: 4")]
    [InlineData("quantile(0.25)", "1 2 3 4", "1: 1, 2: 1.25, 3: 1.5, 4: 1.75")]
    [InlineData("quantile('0.9')", "5 4 3 2 1 | last", "5: 4.6")]
    [InlineData("diff", "", "")]
    [InlineData("diff", "5", "1: null")]
    [InlineData("diff", "5 7 4.5", "1: null, 2: 2, 3: -2.5")]
    [InlineData("rate", "", "")]
    [InlineData("rate", "5", "1: null")]
    [InlineData("rate", "5 7 4.5", "1: null, 2: 2, 3: -2.5")]
    [InlineData("ema(0.5)", "", "")]
    [InlineData("ema(0.5)", "4 8 2", "1: 4, 2: 6, 3: 4")]
    [InlineData("ema(1)", "4 8 2", "1: 4, 2: 8, 3: 2")]
    [InlineData("round", "", "")]
    [InlineData("round", "2.5 -2.5 0.4 -0.4 7", "1: 3, 2: -3, 3: 0, 4: 0, 5: 7")]
    [InlineData("round(1)", "0.25 0.34 -1.05", "1: 0.3, 2: 0.3, 3: -1.1")]
    [InlineData("round(-2)", "149 150 -150", "1: 100, 2: 200, 3: -200")]
    [InlineData("abs", "", "")]
    [InlineData("abs", "-3 3 \"-2.5\" null true", "1: 3, 2: 3, 3: 2.5, 4: 0, 5: 1")]
    [InlineData("clamp(0, 10)", "", "")]
    [InlineData("clamp(0, 10)", "-1 5 11 \"NaN\"", "1: 0, 2: 5, 3: 10, 4: NaN")]
    [InlineData("clamp(2, 2)", "1 3", "1: 2, 2: 2")]
    [InlineData("resample(2)", "", "")]
    [InlineData("resample(2)", "1", "2: 1")]
    [InlineData("resample(2)", "1 3 5 7 9", "2: 2, 4: 6, 6: 9")]
    [InlineData("resample('2s', count)", "1 3 5 7 9", "2: 2, 4: 2, 6: 1")]
    [InlineData("resample(2, {'n': count, 'm': max})", "1 3 5", "2: {m:3,n:2}, 4: {m:5,n:1}")]
    [InlineData("resample(0.5, sum)", "1 3", "1: 1, 2: 3")]
    [InlineData("if $ > 100 | resample(2)", "1 3 5", "")]
    public void Results(string script, string values, string expected)
    {
        string[] parts = values.Split(" | ");
        ScriptResult result = ScriptResult.OfValues(script, parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        ScriptResult wanted = parts.Length > 1 ? result with { Output = [result.Output[^1]] } : result;

        Assert.Equal(expected, wanted.ToString());
    }

    [Theory]
    [InlineData("median")]
    [InlineData("stdev")]
    [InlineData("quantile(0.5)")]
    [InlineData("diff")]
    [InlineData("rate")]
    [InlineData("ema(0.5)")]
    [InlineData("round")]
    [InlineData("abs")]
    [InlineData("clamp(0, 1)")]
    public void A_value_that_is_not_a_number_is_an_error_after_the_results_before_it(string script)
    {
        ScriptResult result = ScriptResult.OfValues(script, "1", "\"many\"", "2");

        Assert.Single(result.Output);
        Assert.Equal(2, result.Error?.T);
    }

    [Theory]
    [InlineData("quantile(-0.1)")]
    [InlineData("quantile(1.1)")]
    [InlineData("quantile('NaN')")]
    [InlineData("ema(0)")]
    [InlineData("ema(1.5)")]
    [InlineData("ema('NaN')")]
    [InlineData("round(16)")]
    [InlineData("round(0.5)")]
    [InlineData("clamp(2, 1)")]
    [InlineData("clamp('NaN', 1)")]
    [InlineData("resample(0)")]
    [InlineData("resample(-5)")]
    [InlineData("resample('inf')")]
    [InlineData("resample('soon')")]
    [InlineData("resample(2, last)")]
    [InlineData("resample(2, (if $))")]
    [InlineData("median(3)")]
    public void Invalid_arguments_are_rejected(string script)
        => Assert.Throws<ScriptSyntaxException>(() => Core.PipeScript.Script.Parse(script));

    [Fact]
    public void A_quantile_equals_that_of_the_sorted_numbers()
        => Gen.Select(Gen.Double[-100, 100].Array[1, 60], Gen.Double[0, 1]).Sample(
            test =>
            {
                double[] sorted = test.Item1.Order().ToArray();
                double place = (sorted.Length - 1) * test.Item2;
                int below = (int)place;
                double expected = below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
                string part = test.Item2.ToString("F17", CultureInfo.InvariantCulture);
                double ours = ScriptResult.OfValues($"quantile({part}) | if last", test.Item1.Select(n => n.ToString("R", CultureInfo.InvariantCulture)).ToArray()).Output[0].Value.AsDouble();
                return Math.Abs(ours - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected));
            },
            iter: 300);

    [Fact]
    public void A_rate_between_equal_times_is_null()
    {
        ScriptResult result = ScriptResult.Of("rate", [Blocks.Narrow([new(1, DataValue.From(1.0)), new(1, DataValue.From(5.0)), new(3, DataValue.From(6.0))])]);

        Assert.Equal("1: null, 1: null, 3: 0.5", result.ToString());
    }

    [Fact]
    public void Resampling_covers_the_same_intervals_as_dataset_rows()
    {
        double[] times = [-61, -60, -1, 0, 0.5, 60, 60.5, 240];

        ScriptResult result = ScriptResult.Of("resample('1m', count)", [Blocks.Narrow(times.Select(t => new Datapoint(t, DataValue.Null)))]);

        Assert.Equal("-60: 2, 0: 2, 60: 2, 120: 1, 240: 1", result.ToString());
    }
}
