using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>A position in a sequence of blocks; it skips empty blocks.</summary>
/// <param name="budget">Counts the block that the cursor is in.</param>
internal sealed class BlockCursor(IAsyncEnumerable<Block> source, QueryBudget budget, CancellationToken cancellation) : IAsyncDisposable
{
    /// <summary>The size of a stream besides its block, in bytes: a segment that is read ahead, and the objects that read it.</summary>
    private const long SourceSize = 16 << 10;

    /// <summary>A datapoint of objects that are not decoded, in bytes.</summary>
    private const long EncodedSize = 64;

    private readonly IAsyncEnumerator<Block> _blocks = source.GetAsyncEnumerator(cancellation);
    private readonly WorkingMemory _memory = new(budget);
    private long _held;

    /// <summary>The block that the cursor is in; null before the first and after the last one.</summary>
    public Block? Block { get; private set; }

    /// <summary>The size of the block in bytes.</summary>
    public long Size => _held;

    /// <summary>The mean size of a datapoint of the block in bytes.</summary>
    public long SizeOfOne { get; private set; }

    /// <summary>The next datapoint in the block.</summary>
    public int Position { get; set; }

    /// <summary>Unix seconds of the next datapoint.</summary>
    public double Time => Block!.Times.Span[Position];

    /// <summary>Goes to the start of the next block; false at the end.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        do
        {
            cancellation.ThrowIfCancellationRequested();
            Block = await _blocks.MoveNextAsync().ConfigureAwait(false) ? _blocks.Current : null;
        }
        while (Block is { Count: 0 });

        Position = 0;
        long size = Block is null ? 0 : SizeOf(Block);
        SizeOfOne = Block is null ? 0 : size / Block.Count;
        _memory.Replace(ref _held, Block is null ? 0 : SourceSize + size);
        return Block is not null;
    }

    private static long SizeOf(Block block) => (sizeof(double) * block.Count) + (block.Values is LazyObjectColumn ? EncodedSize * block.Count : ColumnSize.Of(block.Values, long.MaxValue));

    /// <summary>Goes to the start of the next block, or says why that is not possible.</summary>
    public async ValueTask<ExceptionDispatchInfo?> TryMoveNextAsync()
    {
        try
        {
            await MoveNextAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return ExceptionDispatchInfo.Capture(error);
        }
    }

    public ValueTask DisposeAsync() => _blocks.DisposeAsync();
}
