using ConnectorDb.Core.Engine.Reading;

namespace ConnectorDb.Core.Tests.Engine.Reading;

public sealed class LookAheadTests
{
    private readonly List<Thing> _made = [];

    [Fact]
    public void All_values_arrive_in_order() => Assert.Equal([0, 1, 2, 3, 4], LookAhead.Over(Make(5)).Select(thing => thing.Number));

    [Fact]
    public void An_empty_source_yields_nothing() => Assert.Empty(LookAhead.Over(Make(0)));

    [Fact]
    public void Reading_only_the_first_computes_no_other()
    {
        Assert.Equal(0, LookAhead.Over(Make(5)).First().Number);

        Assert.Single(_made);
    }

    [Fact]
    public void After_the_second_block_the_next_one_is_decoded_ahead()
    {
        int taken = 0;
        foreach (Thing thing in LookAhead.Over(Make(5)))
        {
            taken++;
            Assert.Equal(taken == 1 ? 1 : Math.Min(5, taken + 1), _made.Count);
            thing.Dispose();
        }

        Assert.All(_made, thing => Assert.True(thing.IsDisposed));
    }

    [Fact]
    public void A_reader_that_stops_early_leaves_nothing_behind()
    {
        foreach (Thing thing in LookAhead.Over(Make(5)).Take(2))
        {
            thing.Dispose();
        }

        Assert.Equal(3, _made.Count);
        Assert.All(_made, thing => Assert.True(thing.IsDisposed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_error_follows_all_datapoints_before_it(int failAt)
    {
        List<int> taken = [];

        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (Thing thing in LookAhead.Over(Make(5, failAt)))
            {
                taken.Add(thing.Number);
            }
        });

        Assert.Equal(Enumerable.Range(0, failAt), taken);
    }

    private IEnumerable<Thing> Make(int count, int failAt = -1)
    {
        for (int i = 0; i < count; i++)
        {
            Thing thing = i == failAt ? throw new InvalidOperationException("This one cannot be made.") : new Thing(i);
            _made.Add(thing);
            yield return thing;
        }
    }

    private sealed class Thing(int number) : IDisposable
    {
        public int Number { get; } = number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
