using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>The rows of an X-dataset: one for each datapoint of a stream or merge.</summary>
internal sealed class StreamRows(BlockCursor points) : IRowSource
{
    public async ValueTask<RowBatch?> NextAsync(int maxRows)
    {
        if (points.Block is null || points.Position == points.Block.Count)
        {
            if (!await points.MoveNextAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        Block block = points.Block!;
        int start = points.Position;
        int count = Math.Min(maxRows, block.Count - start);
        points.Position += count;
        ReadOnlyMemory<double> times = block.Times.Slice(start, count);
        return new RowBatch(times, times, block.Values.Slice(start, count));
    }

    public ValueTask DisposeAsync() => points.DisposeAsync();
}
