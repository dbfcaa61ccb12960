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

    /// <param name="bounds">The statistics; the sum is exact only if they have a rest.</param>
    public void Add(SegmentBounds bounds)
    {
        Add(bounds.Count, bounds.FirstT, bounds.LastT, bounds.Numbers);
        _sum.Add(bounds.Numbers?.Sum ?? 0);
        _sum.Add(bounds.Numbers?.Rest ?? 0);
    }

    public void Add(Block block)
    {
        Add(block.Count, block.Times.Span[0], block.Times.Span[^1], NumberSummary.Of(block.Values));
        _sum.Add(NumberSummary.NumbersIn(block.Values));
    }

    public SequenceSummary Build()
        => new(_count, _firstT, _lastT, _numbers == 0 ? null : new NumberSummary(_numbers, _sum.Rounded, _sum.Rest, _minimum, _maximum));

    private void Add(int count, double firstT, double lastT, NumberSummary? numbers)
    {
        _count += count;
        _firstT ??= firstT;
        _lastT = lastT;
        _numbers += numbers?.Count ?? 0;
        _minimum = Math.Min(_minimum, numbers?.Minimum ?? _minimum);
        _maximum = Math.Max(_maximum, numbers?.Maximum ?? _maximum);
    }
}
