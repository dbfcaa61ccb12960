using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Tests.Storage.Segments;

/// <summary>The sizes that are promised in docs/performance.md.</summary>
public sealed class SizeTests
{
    private const int Count = 40_960;
    private const int SegmentCount = 4096;

    [Fact]
    public void Tenths_every_second_take_a_third_of_a_byte()
        => AssertSize(0.30, "decimal", Series.Times(Count, 1), new NumberColumn(Series.Tenths(Count)));

    [Fact]
    public void Random_doubles_take_less_than_seven_bytes()
        => AssertSize(7, "double", Series.Times(Count, 1), new NumberColumn(Series.FullPrecision(Count)));

    [Fact]
    public void Converted_temperatures_every_five_minutes_take_less_than_four_bytes()
        => AssertSize(4, "decimal", Series.Times(Count, 300), new NumberColumn(Series.Converted(Count)));

    [Fact]
    public void Steps_of_a_converter_take_half_a_byte()
        => AssertSize(0.5, "distinct", Series.Times(Count, 1), new NumberColumn(Series.Scaled(Count)));

    [Fact]
    public void Single_precision_does_not_cost_more_than_its_decimals()
    {
        double[] singles = Array.ConvertAll(Series.Tenths(Count), value => (double)(float)value);
        AssertSize(0.4, "distinct", Series.Times(Count, 1), new NumberColumn(singles));
    }

    [Fact]
    public void Times_that_are_not_quite_regular_take_about_a_byte()
        => AssertSize(0.8, "decimal", Series.JitteryTimes(Count), new NumberColumn(new double[Count]));

    [Fact]
    public void Regular_times_take_a_few_bytes()
    {
        foreach (double step in (double[])[0, 0.001, 0.1, 1, 60, 300, 86_400])
        {
            AssertSize(0.005, "boolean", Series.Times(Count, step), new BooleanColumn(new bool[Count]));
        }
    }

    [Fact]
    public void A_gap_costs_a_few_bytes()
    {
        double[] times = Series.Times(SegmentCount, 300);
        for (int i = SegmentCount / 2; i < times.Length; i++)
        {
            times[i] += 3600;
        }

        Block block = new(times, new BooleanColumn(new bool[SegmentCount]));
        Assert.InRange(SegmentCodec.Encode(block).Times.Length, 1, 32);
    }

    [Fact]
    public void Switches_take_bits()
    {
        bool[] values = Enumerable.Range(0, Count).Select(i => i * 2_654_435_761 % 7 > 3).ToArray();
        AssertSize(0.14, "boolean", Series.Times(Count, 1), new BooleanColumn(values));
    }

    [Fact]
    public void States_take_less_than_half_a_byte()
    {
        string[] states = ["off", "heating", "idle", "error: the pump does not answer"];
        Random random = new(6);
        string[] values = Enumerable.Range(0, Count).Select(_ => states[random.Next(states.Length)]).ToArray();
        AssertSize(0.4, "dictionary", Series.Times(Count, 1), new TextColumn(values));
    }

    [Fact]
    public void Objects_take_no_more_than_their_members()
    {
        double[] numbers = Series.Tenths(Count);
        DataValue[] values = Array.ConvertAll(numbers, number => DataValue.From(new DataObject(
            KeyValuePair.Create("temperature", DataValue.From(number)),
            KeyValuePair.Create("unit", DataValue.From("°C")))));
        AssertSize(0.35, "shredded", Series.Times(Count, 1), new ValueColumn(values));
    }

    private static void AssertSize(double mostBytesPerPoint, string codec, double[] times, Column values)
    {
        Block all = new(times, values);
        long bytes = 0;
        for (int start = 0; start < all.Count; start += SegmentCount)
        {
            Block block = all.Slice(start, SegmentCount);
            EncodedSegment segment = SegmentCodec.Encode(block);
            Assert.Equal(codec, segment.ValueCodec);
            bytes += segment.Times.Length + segment.Values.Length;
        }

        Assert.InRange((double)bytes / all.Count, 0, mostBytesPerPoint);
    }
}
