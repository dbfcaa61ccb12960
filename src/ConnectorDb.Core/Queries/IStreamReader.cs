using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>Reads the streams that merges and datasets combine.</summary>
public interface IStreamReader
{
    /// <summary>The datapoints of the range, through the transform and up to the limit, in blocks, read as they are asked for.</summary>
    /// <exception cref="NotFoundException">At the first block: there is no such stream.</exception>
    /// <exception cref="InvalidRangeException">At the first block: the range contradicts itself.</exception>
    /// <exception cref="ScriptSyntaxException">At the first block: the transform cannot be read.</exception>
    IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation);

    /// <summary>
    /// The same for a caller that needs only the datapoints next to some times: the last one up to each time and the first one
    /// after it. The reader may return others too.
    /// </summary>
    IAsyncEnumerable<Block> ReadNextToAsync(DataQuery query, TimeSteps times, CancellationToken cancellation) => ReadAsync(query, cancellation);

    /// <summary>The index of the first datapoint later than <paramref name="t"/>; the count when there is none.</summary>
    /// <exception cref="NotFoundException">There is no such stream.</exception>
    ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation);

    /// <summary>The number of datapoints in the stream or its downlink.</summary>
    /// <exception cref="NotFoundException">There is no such stream.</exception>
    ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation);
}
