using ConnectorDb.Core.Charts;

namespace ConnectorDb.Core.Tests.Charts;

public sealed class ChartStatesTests
{
    [Fact]
    public void Columns_with_several_states_have_a_bar_for_each_and_the_newest_holds_on()
    {
        ChartSeries series = ChartSeries.Of("s", [Column(0, 9, ("a", 3), ("b", 2)), Column(10, 19, ("b", 4)), Column(20, 29, ("b", 1), ("a", 1))]);
        Assert.Equal(["a", "b"], series.States);
        Assert.Equal([new(0, 0, 9), new(1, 0, 29), new(0, 20, 29)], series.Bars);
        Assert.Equal(("a", 11), (series.LastState, series.Count));
    }

    [Fact]
    public void Regular_datapoints_have_gaps_and_changes_now_and_then_have_none()
    {
        Assert.Equal([new(0, 0, 29), new(0, 1000, 1029)], Held([.. Enumerable.Range(0, 60).Select(i => i < 30 ? i : 970.0 + i)]));
        Assert.Equal([new(0, 0, 40_000)], Held([0, 5, 300, 330, 40_000]));

        static IReadOnlyList<StateBar> Held(double[] times) => ChartSeries.Of("s", [.. times.Select(t => Column(t, t, ("on", 1)))]).Bars;
    }

    [Fact]
    public void Booleans_among_numbers_are_no_values_of_the_line_and_alone_they_are_states()
    {
        ChartSeriesBuilder points = new("s");
        DataValue[] values = [DataValue.From(2.5), DataValue.From(true), DataValue.From(3.5), DataValue.From(false)];
        for (int i = 0; i < values.Length; i++)
        {
            points.Add(i, values[i]);
        }

        ChartSeries mixed = points.Build();
        Assert.Equal((2.5, 3.0, 3.5, 2L, 2L), (mixed.Minimum, mixed.Mean, mixed.Maximum, mixed.Count, mixed.Others));

        // A column of both has the figures of its numbers; a column of booleans alone is left out.
        ChartSeries columns = ChartSeries.Of("s",
        [
            new StreamSummary { Stream = "s", Count = 3, Numbers = 3, FirstT = 0, LastT = 2, Minimum = 4, Maximum = 5, Sum = 9, Booleans = 1 },
            new StreamSummary { Stream = "s", Count = 1, Numbers = 1, FirstT = 9, LastT = 9, Minimum = 1, Maximum = 1, Sum = 1, Booleans = 1, Trues = 1 },

            // The text "true" is no boolean.
            new StreamSummary { Stream = "s", Count = 2, Numbers = 1, FirstT = 10, LastT = 11, Minimum = 6, Maximum = 6, Sum = 6, States = [new StateCount("true", 1)] },
        ]);
        Assert.Equal((5.0, 3L, 3L), (columns.Mean, columns.Count, columns.Others));
        Assert.Equal(2, columns.Points.Count);
    }

    [Fact]
    public void Numbers_among_texts_are_a_line_and_too_many_texts_are_nothing()
    {
        StreamSummary number = new() { Stream = "u/d/s", FirstT = 5, LastT = 5, Count = 1, Numbers = 1, Minimum = 3, Maximum = 3, Sum = 3, States = [] };
        ChartSeries mixed = ChartSeries.Of("s", [Column(0, 1, ("off", 2)), number]);
        Assert.Equal((1, 2L, 0), (mixed.Points.Count, mixed.Others, mixed.States.Count));
        ChartSeries free = ChartSeries.Of("s", [.. Enumerable.Range(0, 33).Select(i => Column(i, i, ($"line {i}", 1)))]);
        Assert.Equal((0, 33L, 0), (free.Points.Count, free.Others, free.States.Count));
    }

    private static StreamSummary Column(double first, double last, params (string State, long Count)[] states)
        => new() { Stream = "u/d/s", FirstT = first, LastT = last, Count = states.Sum(state => state.Count), States = [.. states.Select(state => new StateCount(state.State, state.Count))] };
}
