using ConnectorDb.Columns;

namespace ConnectorDb;

/// <summary>Datapoints of a stream as two arrays, which is faster than an object per datapoint.</summary>
public sealed class DatapointArrays
{
    private readonly CdbPath _stream;

    internal DatapointArrays(CdbPath stream, double[] timestamps, Array values)
    {
        _stream = stream;
        Timestamps = timestamps;
        Values = values;
    }

    /// <summary>The path of the stream.</summary>
    public string Stream => _stream.ToString();

    public int Count => Timestamps.Length;

    /// <summary>Unix seconds, UTC, oldest first.</summary>
    public double[] Timestamps { get; }

    /// <summary>
    /// The values: <c>long[]</c> when all are integers, <c>double[]</c> when all are numbers, <c>bool[]</c>, <c>string[]</c>, otherwise
    /// <c>object[]</c> with elements as in <see cref="Datapoint.Data"/>.
    /// </summary>
    public Array Values { get; }

    /// <summary>The datapoints of the blocks, joined.</summary>
    internal static DatapointArrays Of(CdbPath stream, IReadOnlyList<Block> blocks)
    {
        double[] times = new double[blocks.Sum(block => block.Count)];
        int at = 0;
        foreach (Block block in blocks)
        {
            block.Times.CopyTo(times.AsMemory(at));
            at += block.Count;
        }

        return new DatapointArrays(stream, times, ColumnArray.Of([.. blocks.Select(block => block.Values)]));
    }
}
