using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Compares the datapoints of a file with those that a stream already has: an import that was killed leaves the first of them.</summary>
internal sealed class StoredStart(ICdbClient client, CdbPath place, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Block> _blocks = client.ReadAsync(new DataQuery(place), cancellation).GetAsyncEnumerator(cancellation);
    private Block _block = Block.Empty;
    private int _at;

    /// <summary>The datapoints of a block of the file that the stream does not have; the blocks in their order.</summary>
    /// <exception cref="InvalidExportException">The stream has other datapoints.</exception>
    public async ValueTask<Block> RestAsync(Block block, string file)
    {
        for (int i = 0; i < block.Count; i++)
        {
            if (!await HasNextAsync().ConfigureAwait(false))
            {
                return block.Slice(i, block.Count - i);
            }

            if (_block.Times.Span[_at] != block.Times.Span[i] || !_block.Values[_at].Equals(block.Values[i]))
            {
                throw new InvalidExportException($"An import to '{place}' did not finish, and now it has other datapoints than '{file}'. Remove the stream, and import it again.", file);
            }

            _at++;
        }

        return Block.Empty;
    }

    public ValueTask DisposeAsync() => _blocks.DisposeAsync();

    private async ValueTask<bool> HasNextAsync()
    {
        while (_at == _block.Count)
        {
            if (!await _blocks.MoveNextAsync().ConfigureAwait(false))
            {
                return false;
            }

            (_block, _at) = (_blocks.Current, 0);
        }

        return true;
    }
}
