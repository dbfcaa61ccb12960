using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Puts together what is known of adjoining runs of datapoints.</summary>
internal sealed class SummaryBuilder
{
    private long _count;
    private double? _firstT;
    private double? _lastT;
    private NumberSummary? _numbers;

    public void Add(SegmentBounds bounds) => Add(bounds.Count, bounds.FirstT, bounds.LastT, bounds.Numbers);

    public void Add(Block block)
        => Add(block.Count, block.Times.Span[0], block.Times.Span[^1], NumberSummary.Of(block.Values));

    public SequenceSummary Build() => new(_count, _firstT, _lastT, _numbers);

    private void Add(int count, double firstT, double lastT, NumberSummary? numbers)
    {
        _count += count;
        _firstT ??= firstT;
        _lastT = lastT;
        _numbers = (_numbers, numbers) is ({ } mine, { } theirs)
            ? new NumberSummary(
                mine.Count + theirs.Count,
                mine.Sum + theirs.Sum,
                Math.Min(mine.Minimum, theirs.Minimum),
                Math.Max(mine.Maximum, theirs.Maximum))
            : _numbers ?? numbers;
    }
}
