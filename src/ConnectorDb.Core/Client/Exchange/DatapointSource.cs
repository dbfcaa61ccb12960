using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Reads a JSON file with an array of datapoints, in blocks large enough for an append.</summary>
internal sealed class DatapointSource(string path)
{
    private const int MostPoints = 16_384;
    private const long MostBytes = 4 << 20;
    private long _first;
    private double _newest = double.NegativeInfinity;

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <exception cref="InvalidExportException">The file is not an array of datapoints in order of time; the message names the position.</exception>
    public async IAsyncEnumerable<Block> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using FileStream file = PrivateFiles.Try(path, "read", () => File.OpenRead(path));
        DatapointReader reader = new(DatapointDirection.Answer, MostPoints, path);
        IAsyncEnumerator<Block> parts = DatapointStream.ReadAsync(file, reader, cancellation).GetAsyncEnumerator(cancellation);
        await using (parts.ConfigureAwait(false))
        {
            BlockBuilder block = new(MostPoints);
            while (await NextAsync(parts).ConfigureAwait(false))
            {
                CheckOrder(parts.Current, _first + block.Count);
                block.Add(parts.Current, 0, parts.Current.Count);
                if (block.Count >= MostPoints || file.Position - Bytes >= MostBytes)
                {
                    Bytes = file.Position;
                    Block full = block.Build();
                    yield return full;
                    _first += full.Count;
                }
            }

            Bytes = file.Position;
            if (block.Count > 0)
            {
                yield return block.Build();
            }
        }
    }

    /// <summary>Stores a part of the newest block; an error of the database is reported with the position in the file.</summary>
    /// <param name="start">The index of the part in the block.</param>
    /// <exception cref="InvalidExportException">A datapoint cannot be stored; the message contains its index and the reason.</exception>
    public async ValueTask<T> StoreAsync<T>(int start, Func<ValueTask<T>> store)
    {
        try
        {
            return await store().ConfigureAwait(false);
        }
        catch (CdbException error) when (error is IDatapointFault { Place: not null } fault)
        {
            throw new InvalidExportException($"Datapoint {_first + start + fault.Place + 1} in '{path}' cannot be stored. {fault.Reason ?? error.Message}", path, error);
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<Block> parts)
    {
        try
        {
            return await parts.MoveNextAsync().ConfigureAwait(false);
        }
        catch (InvalidValueException error)
        {
            throw new InvalidExportException($"'{path}' is damaged. {error.Message}", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"'{path}' cannot be read. {FileAccessException.ReasonOf(error, path)}", path, error);
        }
    }

    private void CheckOrder(Block block, long first)
    {
        ReadOnlySpan<double> times = block.Times.Span;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] < _newest)
            {
                throw new InvalidExportException(
                    string.Create(CultureInfo.InvariantCulture, $"Datapoint {first + i + 1} in '{path}' has the time {times[i]:R}, which is before the time of its predecessor, {_newest:R}. Sort the file by 't'."),
                    path);
            }

            _newest = times[i];
        }
    }
}
