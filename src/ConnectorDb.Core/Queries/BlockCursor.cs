using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>A position in a sequence of blocks; it skips empty blocks.</summary>
internal sealed class BlockCursor(IAsyncEnumerable<Block> source, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Block> _blocks = source.GetAsyncEnumerator(cancellation);

    /// <summary>The block that the cursor is in; null before the first and after the last one.</summary>
    public Block? Block { get; private set; }

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
        return Block is not null;
    }

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
