using System.Buffers;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Datapoints from the body of a request or an answer, of any length, in blocks as they arrive.</summary>
public static class DatapointStream
{
    private const int FirstBuffer = 64 * 1024;

    /// <exception cref="InvalidValueException">It is not an array of datapoints; the message says where. Blocks before it are given.</exception>
    public static async IAsyncEnumerable<Block> ReadAsync(Stream body, DatapointReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(reader);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            int held = 0;
            int least = 1;
            for (bool isLast = false; !isLast;)
            {
                int wanted = held + least;
                if (wanted > buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, 2 * buffer.Length));
                    buffer.AsSpan(0, held).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                int read = await body.ReadAtLeastAsync(buffer.AsMemory(held), least, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
                isLast = read < least;
                ReadOnlySequence<byte> bytes = new(buffer, 0, held + read);
                while (reader.Read(ref bytes, isLast))
                {
                    yield return reader.Take();
                }

                if (reader.Take() is { Count: > 0 } block)
                {
                    yield return block;
                }

                held = (int)bytes.Length;
                bytes.CopyTo(buffer);

                // A datapoint larger than the rest is looked at again only when twice as much of it is there.
                least = held < FirstBuffer / 2 ? 1 : held;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
