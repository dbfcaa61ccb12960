using System.Buffers;

namespace ConnectorDb.Server.Api;

/// <summary>The body of a response on its way: a piece that is being written, and the number of bytes that were sent before.</summary>
/// <remarks>A large piece is passed on in parts, each flushed, so that Kestrel holds little of it, and its memory does not stay for the rest of the response.</remarks>
/// <param name="maxBytes">Maximum number of bytes of the whole body.</param>
internal sealed class ResponseBody(HttpContext context, long maxBytes) : IBufferWriter<byte>
{
    /// <summary>Bytes that are flushed at once.</summary>
    private const int Part = 1 << 16;

    private const int MaxKeptPiece = 1 << 20;

    private ArrayBufferWriter<byte> _piece = new();
    private long _passed;
    private int _unflushed;

    public void Advance(int count) => _piece.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => _piece.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _piece.GetSpan(sizeHint);

    /// <summary>Drops the piece.</summary>
    public void Drop()
    {
        if (_piece.Capacity > MaxKeptPiece)
        {
            _piece = new();
        }
        else
        {
            _piece.ResetWrittenCount();
        }
    }

    /// <summary>Passes the piece on. The last bytes are sent with the next piece, or by <see cref="FlushAsync"/>.</summary>
    /// <exception cref="QueryLimitException">The body would have too many bytes. The piece is dropped.</exception>
    public async ValueTask PassAsync(CancellationToken cancellation)
    {
        if (_passed + _piece.WrittenCount > maxBytes)
        {
            Drop();
            throw new QueryLimitException($"The response has more than {maxBytes} bytes, which is the maximum (--query-response). Ask for a shorter range, or for less with a transform.", null);
        }

        await PassAnyAsync(cancellation);
    }

    /// <summary>Passes the piece on without regard to the limit, and sends everything.</summary>
    public async ValueTask EndAsync(CancellationToken cancellation)
    {
        await PassAnyAsync(cancellation);
        await FlushAsync(cancellation);
    }

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_unflushed > 0)
        {
            _unflushed = 0;
            await context.Response.BodyWriter.FlushAsync(cancellation);
        }
    }

    private async ValueTask PassAnyAsync(CancellationToken cancellation)
    {
        for (ReadOnlyMemory<byte> rest = _piece.WrittenMemory; rest.Length > 0;)
        {
            int length = Math.Min(rest.Length, Part);
            context.Response.BodyWriter.Write(rest.Span[..length]);
            rest = rest[length..];
            _passed += length;
            _unflushed += length;
            if (_unflushed >= Part)
            {
                await FlushAsync(cancellation);
            }
        }

        Drop();
    }
}
