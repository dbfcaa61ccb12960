using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage;

public abstract partial class StoreSuite
{
    /// <summary>Batches of times and values; some of a second batch are those of the first, as of a client that repeats a request.</summary>
    private static readonly Gen<(int T, int V)[][]> s_batches = Gen.Select(Gen.Int[0, 300], Gen.Int[0, 3]).Array[0, 40].Array[1, 12];

    [SkippableFact]
    public void Late_datapoints_are_in_the_order_of_a_sorted_map()
        => s_batches.Sample(
            batches =>
            {
                SequenceKey key = NewSequenceOf($"s{Guid.NewGuid():N}"[..20]);
                SortedDictionary<double, double> expected = [];
                foreach ((int, int)[] batch in batches)
                {
                    Merge(key, batch, expected);
                }

                AssertEqual(key, expected);
            },
            iter: 60,
            threads: 1);

    /// <summary>Batches of hours ago are put into sealed segments.</summary>
    [SkippableFact]
    public void Late_datapoints_are_put_between_segments()
    {
        SequenceKey key = NewSequence();
        SortedDictionary<double, double> expected = [];
        Random random = new(14);
        for (int i = 0; i < 12; i++)
        {
            (int, int)[] batch = [.. Enumerable.Range(0, 1 + random.Next(4000)).Select(_ => (random.Next(40_000), random.Next(3)))];
            Merge(key, batch, expected);
            AssertEqual(key, expected);
        }
    }

    /// <summary>A past is filled in by batches of one after the other, before a segment, after it, and in its middle.</summary>
    [SkippableFact]
    public void A_past_that_is_filled_in_is_in_order()
    {
        SequenceKey key = NewSequence();
        SortedDictionary<double, double> expected = [];
        Merge(key, [.. Enumerable.Range(0, 20_000).Select(i => (100_000 + (10 * i), i % 7))], expected);
        foreach (int start in (int[])[0, 100_000, 99_999, 140_959, 300_000])
        {
            for (int batch = 0; batch < 3; batch++)
            {
                Merge(key, [.. Enumerable.Range(0, 3000).Select(i => (start + (3 * i) + (9000 * batch), 3 + (i % 2)))], expected);
            }
        }

        AssertEqual(key, expected);
    }

    [SkippableFact]
    public void A_repeated_batch_changes_nothing()
    {
        SequenceKey key = NewSequence();
        Block batch = Some.Numbers(9000, firstT: 0);
        Append(key, batch);
        long version = Read(store => store.TreeVersion);

        MergeResult repeated = Store.Write(store => store.Merge(key, batch.Slice(100, 5000)), Some.NoToken);

        Assert.Equal(new MergeResult(9000, 0, IsInPlace: false), repeated);
        Assert.Equal(version, Read(store => store.TreeVersion));
        Assert.Equal(9000, Read(store => store.End(key)).Count);
    }

    [SkippableFact]
    public void Of_several_datapoints_at_one_time_the_last_is_replaced()
    {
        SequenceKey key = NewSequence();
        foreach (int value in (int[])[1, 2, 3])
        {
            Append(key, Some.Point(5, DataValue.From((double)value)));
        }

        Append(key, Some.Point(6, DataValue.From("text")));

        Assert.Equal(new MergeResult(2, 0, IsInPlace: true), Store.Write(store => store.Merge(key, Some.Point(5, DataValue.From(9.0))), Some.NoToken));
        Assert.Equal(["1.0", "2.0", "9.0", "\"text\""], ReadAll(key).Select(point => point.Value.ToJson()));
    }

    [SkippableFact]
    public void A_late_datapoint_is_remembered_as_a_truncation()
    {
        SequenceKey key = NewSequence();
        Append(key, Some.Numbers(10, firstT: 0));
        long version = Read(store => store.TreeVersion);

        Store.Write(store => store.Merge(key, Some.Point(3.5, DataValue.From(1.0))), Some.NoToken);

        Assert.Equal(4, Read(store => store.LowestCount(key, version)));
    }

    private void Merge(SequenceKey key, (int T, int V)[] batch, SortedDictionary<double, double> expected)
    {
        BlockBuilder block = new();
        foreach ((int t, int v) in batch)
        {
            block.Add(t, (double)v);
            expected[t] = v;
        }

        // Built once, because the work can run more than once.
        Block late = SequenceMerge.Order(block.Build());
        Write(store => store.Merge(key, late));
    }

    private void AssertEqual(SequenceKey key, SortedDictionary<double, double> expected)
    {
        List<Datapoint> points = ReadAll(key);
        Assert.Equal(expected.Select(point => (point.Key, point.Value)), points.Select(point => (point.T, point.Value.AsDouble())));
        Assert.Equal(new SequenceEnd(expected.Count, expected.Count == 0 ? null : expected.Last().Key), Read(store => store.End(key)));
        SequenceSummary summary = Read(store => store.Summarize(key, 0, expected.Count));
        Assert.Equal((expected.Count, expected.Count == 0 ? null : expected.Values.Sum()), (summary.Count, summary.Numbers?.Sum));
        AssertSums(key, expected);
        double[] times = [.. expected.Keys];
        for (int i = 0; i < times.Length; i += 1 + (times.Length / 20))
        {
            Assert.Equal(i + 1, Read(store => store.IndexOfTime(key, times[i])));
        }
    }

    /// <summary>The statistics of all segments are those of datapoints that came in order.</summary>
    private void AssertSums(SequenceKey key, SortedDictionary<double, double> expected)
    {
        double[] values = [.. expected.Values];
        long index = 0;
        while (index < values.Length)
        {
            foreach (SegmentSlice slice in Read(store => store.Load(key, index, values.Length, 16, isWanted: null)))
            {
                Assert.Equal(index, slice.Start);
                Assert.InRange(slice.End - slice.Start, 1, SequenceWriter.SegmentCount);
                Assert.Equal((values.Take((int)slice.Start).Sum(), values.Take((int)slice.End).Sum()), (slice.SumBefore, slice.SumAfter));
                index = slice.End;
            }
        }
    }

    private SequenceKey NewSequenceOf(string name) => Add(Add(AddUser(name), "device"), "stream").KeyOf(false);
}
