using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Csv;

/// <summary>Datapoints of a stream, each with the place of its row in the chunk.</summary>
internal sealed record CsvBatch(CsvTarget Target, Block Points, IReadOnlyList<int> Rows)
{
    public StreamBlock Block => new(Target.Stream, Points);

    /// <summary>The datapoints in the order of their times; those of one time stay in the order of their rows.</summary>
    public CsvBatch Sorted()
    {
        ReadOnlyMemory<double> times = Points.Times;
        int[] order = [.. Enumerable.Range(0, Points.Count).OrderBy(i => times.Span[i])];
        return Pick(order);
    }

    public CsvBatch Pick(IReadOnlyList<int> places)
    {
        BlockBuilder picked = new(places.Count);
        foreach (int place in places)
        {
            picked.Add(Points, place, 1);
        }

        return new CsvBatch(Target, picked.Build(), [.. places.Select(place => Rows[place])]);
    }

    /// <summary>The batch in parts that are appended one after the other.</summary>
    public IEnumerable<CsvBatch> Split(int most)
    {
        for (int start = 0; start < Points.Count; start += most)
        {
            int count = Math.Min(most, Points.Count - start);
            yield return new CsvBatch(Target, Points.Slice(start, count), [.. Rows.Skip(start).Take(count)]);
        }
    }
}
