using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Combines the statistics of consecutive segments.</summary>
internal sealed class SummaryBuilder
{
    private long _count;
    private double? _firstT;
    private double? _lastT;
    private readonly ExactSum _sum = new();
    private long _numbers;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    /// <summary>The least and the largest number; infinities in reverse order if there are none.</summary>
    public (double Least, double Largest) Extremes => (_minimum, _maximum);

    /// <param name="bounds">The statistics; the sum is exact only if they have a rest.</param>
    public void Add(SegmentBounds bounds)
    {
        Add(bounds.Count, bounds.FirstT, bounds.LastT, bounds.Numbers);
        _sum.Add(bounds.Numbers?.Sum ?? 0);
        _sum.Add(bounds.Numbers?.Rest ?? 0);
    }

    /// <param name="slice">Whole segments, with statistics that are exact.</param>
    public void Add(SegmentSlice slice)
    {
        Add(slice.To - slice.From, slice.FirstT, slice.LastT, slice.Numbers);
        _sum.Add(slice.Numbers?.Sum ?? 0);
        _sum.Add(slice.Numbers?.Rest ?? 0);
    }

    public void Add(Block block)
    {
        ReadOnlySpan<double> numbers = NumberSummary.NumbersIn(block.Values);
        (double minimum, double maximum) = NumberSummary.BoundsOf(numbers);
        Add(block.Count, block.Times.Span[0], block.Times.Span[^1], numbers.IsEmpty ? null : new NumberSummary(numbers.Length, Sum: 0, Rest: null, minimum, maximum));
        _sum.Add(numbers);
    }

    /// <summary>Adds the summary of later datapoints.</summary>
    public void Add(SummaryBuilder other)
    {
        if (other is { _firstT: { } firstT, _lastT: { } lastT })
        {
            Add(other._count, firstT, lastT, other._numbers == 0 ? null : new NumberSummary(other._numbers, Sum: 0, Rest: null, other._minimum, other._maximum));
            _sum.Add(other._sum);
        }
    }

    public SequenceSummary Build()
        => new(_count, _firstT, _lastT, _numbers == 0 ? null : new NumberSummary(_numbers, _sum.Rounded, _sum.Rest, _minimum, _maximum));

    private void Add(long count, double firstT, double lastT, NumberSummary? numbers)
    {
        _count += count;
        _firstT ??= firstT;
        _lastT = lastT;
        _numbers += numbers?.Count ?? 0;
        _minimum = Math.Min(_minimum, numbers?.Minimum ?? _minimum);
        _maximum = Math.Max(_maximum, numbers?.Maximum ?? _maximum);
    }
}
