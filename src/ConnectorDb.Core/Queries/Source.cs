using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>Reads one of several combined queries.</summary>
internal static class Source
{
    /// <summary>The datapoints with their origins, each naming its stream.</summary>
    /// <param name="streams">The streams of all queries that are combined.</param>
    /// <param name="place">The index of this query's stream among them.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public static async IAsyncEnumerable<Block> ReadNamedAsync(DataQuery query, CdbPath[] streams, int place, IStreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        int[] places = [];
        await foreach (Block block in ReadAsync(query, null, reader, cancellation).ConfigureAwait(false))
        {
            if (places.Length < block.Count)
            {
                places = new int[block.Count];
                Array.Fill(places, place);
            }

            yield return new Block(block.Times, block.Values, block.Origins, new StreamColumn(streams, places.AsMemory(0, block.Count)));
        }
    }

    /// <summary>Only the times and values, for scripts and interpolators.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async IAsyncEnumerable<Block> ReadBareAsync(DataQuery query, TimeSteps? nextTo, IStreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (Block block in ReadAsync(query, nextTo, reader, cancellation).ConfigureAwait(false))
        {
            yield return block.ToBare();
        }
    }

    /// <param name="nextTo">Only datapoints next to these times are needed; null when all are.</param>
    /// <exception cref="InvalidRangeException">Besides the reader's exceptions: the range ends before it starts, or starts beyond the end.</exception>
    private static async IAsyncEnumerable<Block> ReadAsync(DataQuery query, TimeSteps? nextTo, IStreamReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (query.IsByIndex)
        {
            Check(query, await reader.CountAsync(query.Stream, cancellation).ConfigureAwait(false));
        }

        IAsyncEnumerable<Block> blocks = nextTo is { } times ? reader.ReadNextToAsync(query, times, cancellation) : reader.ReadAsync(query, cancellation);
        await foreach (Block block in blocks.ConfigureAwait(false))
        {
            yield return block;
        }
    }

    private static void Check(DataQuery query, long count)
    {
        long first = Math.Max(0, FromStart(query.I1 ?? 0, count));
        long end = Math.Min(count, FromStart(query.I2 ?? count, count));
        if (first > end)
        {
            throw new InvalidRangeException(
                string.Create(CultureInfo.InvariantCulture, $"The range of '{query.Stream}' starts at index {first} and ends before index {end}; the stream holds {CountText.Of(count, "datapoint")}. Negative indices count from the end."),
                query.Stream);
        }
    }

    private static long FromStart(long index, long count) => index < 0 ? index + count : index;
}
