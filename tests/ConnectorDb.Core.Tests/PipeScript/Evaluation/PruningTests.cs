using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.Storage.Segments;
using CsCheck;

namespace ConnectorDb.Core.Tests.PipeScript.Evaluation;

/// <summary>A script over the statistics of datapoints has the results of the script over the datapoints.</summary>
public sealed class PruningTests
{
    private static readonly Gen<Script> s_totals = Gen.OneOf(
        "sum | if last", "mean | if last", "count | if last", "max | if last", "min | if last", "if last", "if first", "i | if last", "t | if last",
        "if $ > 3 | count | if last", "if $ > 3 and $ < 9 | sum | if last", "if not ($ <= 2) | mean | if last", "if $ >= -1 or t > 1500000020 | max | if last",
        "if $ == 5 | count | if last", "if $ != 5 | i | if last", "if t > 1500000010 | sum | if last", "if i < 9 | min | if last", "if count > 4 | mean | if last",
        "if $ > '3' | count | if last", "if 2 < $ | if 5 >= $", "if $ > 1000", "max(-$) | if last", "min(t) | if last", "count | if $ > 7 | if last", "if max > 3 | count | if last",
        "mean | if $ > 3 | count | if last", "sum | max | if last", "if $ | sum | if last", "if true | if last", "remember($ > 3) | if last").Select(script => Script.Parse(script));

    private static readonly Gen<Script> s_totalsOfMembers = Gen.OneOf(
        "$('a') | sum | if last", "$('a') | mean | if last", "$('b') | max | if last", "$('a') > 3 | count | if last", "if $('a') > 3 | count | if last",
        "if $('a') > 3 | $('b') | sum | if last", "$('s') | count | if last", "$('f') | if last", "$('n') | $('x') | mean | if last", "$('a') | if last", "if last | $('b')",
        "min($('a')) | if last", "if $('b') <= $('a') | count | if last", "$('z') | count | if last", "$('a') + $('b') | sum | if last").Select(script => Script.Parse(script));

    private static readonly Gen<(Script Script, Datapoint[] Points, int[] Sizes)> s_cases
        = Gen.Select(Gen.OneOf(s_totals, s_totals, s_totalsOfMembers, RandomScript.Scripts), RandomInput.Streams, Gen.Int[1, 7].Array[0, 12]);

    [Fact]
    public void A_pruned_scan_returns_the_same_as_a_full_scan()
        => s_cases.Sample(
            test => ScriptResult.Of(test.Script, [Blocks.Narrow(test.Points)]).ToString() == Skipping(test.Script, Cut(test.Points, test.Sizes), out _),
            iter: 10_000,
            print: test => $"{test.Script.Text} over {string.Join(", ", test.Points.Select(p => $"{p.T}: {Blocks.Show(p.Value)}"))} in {string.Join(" ", test.Sizes)}");

    [Theory]
    [InlineData("sum | if last", 4)]
    [InlineData("mean | if last", 4)]
    [InlineData("count | if last", 4)]
    [InlineData("if last", 4)]
    [InlineData("max | if last", 2)]
    [InlineData("min | if last", 2)]
    [InlineData("if first", 3)]
    [InlineData("if $ > 45 | count | if last", 3)]
    [InlineData("if $ > 35 and not ($ > 95) | sum | if last", 2)]
    [InlineData("if $ > 1000", 4)]
    [InlineData("if t < 20", 2)]
    [InlineData("$ * 2 | sum | if last", 0)]
    [InlineData("sum", 0)]
    public void Datapoints_that_a_script_does_not_need_are_skipped(string script, int skipped)
    {
        double[] starts = [40, 90, 20, 30];
        Datapoint[][] parts = [.. starts.Select((start, part) => Enumerable.Range(0, 10).Select(i => new Datapoint((10 * part) + i, DataValue.From(start + i))).ToArray())];

        string result = Skipping(Script.Parse(script), parts, out int count);

        Assert.Equal(skipped, count);
        Assert.Equal(ScriptResult.Of(script, parts.Select(part => Blocks.Narrow(part))).ToString(), result);
    }

    private static string Skipping(Script script, IEnumerable<Datapoint[]> parts, out int skipped)
    {
        ScriptExecution run = script.Start();
        List<Datapoint> output = [];
        double? sum = 0;
        MemberStatistics members = MemberStatistics.Start;
        skipped = 0;
        try
        {
            foreach (Datapoint[] part in parts)
            {
                SegmentStatistics statistics = StatisticsOf(part, ref sum, ref members);
                if (run.TrySkip(statistics))
                {
                    skipped++;
                }
                else
                {
                    output.AddRange(run.Push(Blocks.Narrow(part)).SelectMany(Points));
                }
            }

            output.AddRange(run.Finish().SelectMany(Points));
            return new ScriptResult(output, null).ToString();
        }
        catch (ScriptRuntimeException error)
        {
            return new ScriptResult(output, error).ToString();
        }
    }

    private static SegmentStatistics StatisticsOf(Datapoint[] points, ref double? sum, ref MemberStatistics members)
    {
        double? before = sum;
        Column values = Blocks.Narrow(points).Values;
        sum = RunningSum.After(sum, values);
        MemberStatistics membersBefore = members;
        MemberStatistics own = members = MemberStatistics.FromBytes(MemberStatistics.Of(values, membersBefore).ToBytes());
        NumberSummary? numbers = NumberSummary.Of(values);
        return new SegmentStatistics(points.Length, points[0].T, points[^1].T)
        {
            Numbers = numbers?.Count == points.Length ? new ValueRange(numbers.Value.Minimum, numbers.Value.Maximum) : null,
            Sum = (before, sum) is ({ } start, { } end) ? new PrefixSum(start, end) : null,
            Last = () => Blocks.Narrow([points[^1]]),
            Member = name => own.Find(name) is not { } member ? null : new SegmentStatistics(points.Length, points[0].T, points[^1].T)
            {
                Numbers = new ValueRange(member.Minimum, member.Maximum),
                Sum = (membersBefore.SumOf(name), member.RunningSum) is ({ } from, { } to) ? new PrefixSum(from, to) : null,
            },
        };
    }

    private static IEnumerable<Datapoint[]> Cut(Datapoint[] points, int[] sizes)
    {
        int done = 0;
        foreach (int size in sizes.Append(points.Length))
        {
            int count = Math.Min(size, points.Length - done);
            if (count > 0)
            {
                yield return points[done..(done + count)];
            }

            done += count;
        }
    }

    private static IEnumerable<Datapoint> Points(Block block) => Enumerable.Range(0, block.Count).Select(i => block.At(i));
}
