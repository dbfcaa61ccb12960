using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Tests.Storage.Segments;

public sealed class NumberSummaryTests
{
    [Fact]
    public void Doubles_are_summed_exactly()
    {
        double[] values = [1e16, 1, 1, -1e16, 0.5];
        Assert.Equal(new NumberSummary(5, 2.5, 0, -1e16, 1e16), NumberSummary.Of(new NumberColumn(values)));
    }

    [Fact]
    public void NaN_is_not_counted()
    {
        Assert.Equal(new NumberSummary(2, 3, 0, 1, 2), NumberSummary.Of(new NumberColumn(new[] { 1, double.NaN, 2 })));
        Assert.Null(NumberSummary.Of(new NumberColumn(new[] { double.NaN })));
    }

    [Fact]
    public void Integers_are_numbers()
        => Assert.Equal(new NumberSummary(3, 4, 0, -2, 5), NumberSummary.Of(new IntegerColumn(new long[] { 5, -2, 1 })));

    [Fact]
    public void Mixed_values_count_only_numbers()
    {
        DataValue[] values = [DataValue.Null, DataValue.From(true), DataValue.From(2L), DataValue.From("7"), DataValue.From(0.5)];
        Assert.Equal(new NumberSummary(2, 2.5, 0, 0.5, 2), NumberSummary.Of(new ValueColumn(values)));
    }

    [Fact]
    public void Texts_and_booleans_have_no_summary()
    {
        Assert.Null(NumberSummary.Of(new TextColumn(new[] { "1" })));
        Assert.Null(NumberSummary.Of(new BooleanColumn(new[] { true })));
    }

    [Fact]
    public void A_segment_has_the_statistics_of_its_values()
    {
        Block block = new(new double[2], new NumberColumn(new[] { 21.5, 21.7 }));
        Assert.Equal(new NumberSummary(2, 21.5 + 21.7, 21.5 - (21.5 + 21.7) + 21.7, 21.5, 21.7), SegmentCodec.Encode(block).Numbers);
    }
}
