using System.Buffers;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Reads the datapoints of a request or response of any length, block by block as they arrive.</summary>
public static class DatapointStream
{
    private const int FirstBuffer = 64 * 1024;

    /// <exception cref="InvalidValueException">The text is not an array of datapoints; the message contains the position. Earlier blocks are returned.</exception>
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

                // Parsing restarts at the beginning of an incomplete datapoint. Waiting until twice as much has arrived keeps the cost of a very large one linear.
                least = held < FirstBuffer / 2 ? 1 : held;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
