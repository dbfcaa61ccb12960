using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Tests.Queries;

/// <summary>Reading, memory and disposal while a query runs.</summary>
public sealed class StreamingTests
{
    private static readonly DataQuery s_a = new(CdbPath.Parse("u/d/a"));
    private static readonly DataQuery s_b = new(CdbPath.Parse("u/d/b"));

    private readonly MemoryStreams _streams = new MemoryStreams(100)
        .With("u/d/a", Enumerable.Range(0, 50_000).Select(i => ((double)i, 1.0)).ToArray())
        .With("u/d/b", Enumerable.Range(0, 50_000).Select(i => (i + 0.5, 2.0)).ToArray());

    [Fact]
    public async Task A_dataset_reads_only_what_its_rows_need()
    {
        DatasetQuery query = new() { T1 = 1000, T2 = 2000, Dt = 10, Columns = [Column("closest"), Column("mean")] };

        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(query, _streams));

        Assert.Equal(100, rows.Points.Count);
        Assert.InRange(_streams.BlocksRead, 20, 24);
    }

    [Fact]
    public async Task Stopping_early_closes_all_streams()
    {
        DatasetQuery query = new() { X = [s_b], Columns = [Column("closest")] };

        await foreach (Block block in Dataset.ReadAsync(query, _streams))
        {
            Assert.InRange(block.Count, 1, 100);
            break;
        }

        Assert.Equal(0, _streams.OpenReads);
        Assert.InRange(_streams.BlocksRead, 2, 4);
    }

    [Fact]
    public async Task A_merge_holds_one_block_of_each_stream()
    {
        await foreach (Block block in Merge.ReadAsync([s_a, s_b], _streams))
        {
            Assert.InRange(_streams.BlocksRead, 2, 2 + (2 * block.Count / 100) + 2);
            break;
        }

        Assert.Equal(0, _streams.OpenReads);
    }

    [Fact]
    public async Task A_cancelled_dataset_stops()
    {
        using CancellationTokenSource cancel = new();
        DatasetQuery query = new() { T1 = 0, T2 = 9_000_000, Dt = 1, Columns = [Column("count")] };
        int blocks = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Block block in Dataset.ReadAsync(query, _streams, cancellation: cancel.Token))
            {
                blocks++;
                await cancel.CancelAsync();
            }
        });

        Assert.Equal(1, blocks);
        Assert.Equal(0, _streams.OpenReads);
    }

    [Fact]
    public async Task A_cancelled_merge_stops()
    {
        using CancellationTokenSource cancel = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Block block in Merge.ReadAsync([s_a, s_b], _streams, cancellation: cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });

        Assert.Equal(0, _streams.OpenReads);
    }

    [Fact]
    public async Task Blocks_without_overlap_are_merged_without_copying()
    {
        Block early = new Block(Enumerable.Range(0, 600).Select(i => (double)i).ToArray(), new NumberColumn(new double[600]));
        Block late = new Block(Enumerable.Range(600, 600).Select(i => (double)i).ToArray(), new NumberColumn(new double[600]));
        MemoryStreams streams = new MemoryStreams(600).With("u/d/a", late).With("u/d/b", early);
        List<Block> blocks = [];

        await foreach (Block block in Merge.ReadAsync([s_a, s_b], streams))
        {
            blocks.Add(block);
        }

        Assert.Equal([early.Times, late.Times], blocks.Select(block => block.Times));
    }

    private static DatasetColumn Column(string interpolator) => new() { Name = interpolator, Sources = [s_a], Interpolator = interpolator };
}
