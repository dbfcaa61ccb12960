using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>One of the streams of a column.</summary>
/// <param name="NextTo">Only datapoints next to these times are needed; null when all are.</param>
/// <param name="After">Datapoints up to this time are left out at the beginning; null leaves out none.</param>
internal readonly record struct ColumnSource(DataQuery Query, TimeSteps? NextTo = null, double? After = null)
{
    /// <summary>The times and values, for interpolators.</summary>
    public IAsyncEnumerable<Block> ReadAsync(IStreamReader reader, CancellationToken cancellation)
    {
        IAsyncEnumerable<Block> blocks = Source.ReadBareAsync(Query, NextTo, reader, cancellation);
        return After is { } bound ? LaterAsync(blocks, bound, cancellation) : blocks;
    }

    private static async IAsyncEnumerable<Block> LaterAsync(IAsyncEnumerable<Block> blocks, double bound, [EnumeratorCancellation] CancellationToken cancellation)
    {
        bool isLater = false;
        await foreach (Block block in blocks.WithCancellation(cancellation).ConfigureAwait(false))
        {
            int first = isLater ? 0 : TimeScan.FirstLater(block.Times.Span, 0, bound);
            isLater |= first < block.Count;
            yield return first == 0 ? block : block.Slice(first, block.Count - first);
        }
    }
}
