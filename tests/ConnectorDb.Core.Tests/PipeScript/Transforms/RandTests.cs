using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

public sealed class RandTests
{
    private static readonly Datapoint[] s_points = Enumerable.Range(0, 10_000).Select(i => new Datapoint(i, DataValue.From((double)(i % 7)))).ToArray();

    [Fact]
    public void Equal_seeds_give_equal_numbers()
    {
        Assert.Equal(Run("rand", 1), Run("rand", 1));
        Assert.NotEqual(Run("rand", 1), Run("rand", 2));
        Assert.NotEqual(Run("rand", null), Run("rand", null));
    }

    [Fact]
    public void Each_call_in_a_script_has_its_own_numbers()
    {
        Assert.Empty(ScriptResult.Of(Script.Parse("rand == rand | if $", new() { Seed = 1 }), [Blocks.Narrow(s_points)]).Output);
        DataValue ofKeys = ScriptResult.Of(Script.Parse("map($, rand)", new() { Seed = 1 }), [Blocks.Narrow(s_points)]).Output[0].Value;
        Assert.Equal(7, ofKeys.AsObject().Select(member => member.Value.AsDouble()).Distinct().Count());
    }

    [Fact]
    public void Random_numbers_are_uniform_from_0_to_below_1()
    {
        double[] numbers = ScriptResult.Of("rand", [Blocks.Narrow(s_points)]).Output.Select(point => point.Value.AsDouble()).ToArray();

        Assert.All(numbers, number => Assert.InRange(number, 0, 0.9999999999999999));
        Assert.InRange(numbers.Average(), 0.48, 0.52);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(numbers.Count(number => (int)(number * 10) == tenth), 850, 1150));
    }

    private static string Run(string script, long? seed)
        => ScriptResult.Of(Script.Parse(script, new() { Seed = seed }), [Blocks.Narrow(s_points)]).ToString();
}
