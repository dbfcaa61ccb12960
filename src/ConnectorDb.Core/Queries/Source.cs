using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>One query among those that are combined.</summary>
internal static class Source
{
    /// <summary>The datapoints without origins: what comes out of a combination was written by nobody.</summary>
    /// <exception cref="InvalidRangeException">Besides what the reader refuses: the range ends before it starts, or starts beyond the end.</exception>
    public static async IAsyncEnumerable<Block> ReadAsync(DataQuery query, IStreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (query.IsByIndex)
        {
            Check(query, await reader.CountAsync(query.Stream, cancellation).ConfigureAwait(false));
        }

        await foreach (Block block in reader.ReadAsync(query, cancellation).ConfigureAwait(false))
        {
            yield return block.Origins is null ? block : new Block(block.Times, block.Values);
        }
    }

    private static void Check(DataQuery query, long count)
    {
        long first = Math.Max(0, FromStart(query.I1 ?? 0, count));
        long end = Math.Min(count, FromStart(query.I2 ?? count, count));
        if (first > end)
        {
            throw new InvalidRangeException(
                $"The range of '{query.Stream}' starts at index {first} and ends before index {end}; the stream holds {count} datapoints. Negative indices count from the end.",
                query.Stream);
        }
    }

    private static long FromStart(long index, long count) => index < 0 ? index + count : index;
}
