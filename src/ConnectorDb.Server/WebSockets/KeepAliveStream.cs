namespace ConnectorDb.Server.WebSockets;

/// <summary>The stream below a websocket; it sends pings between frames and measures the silence of the other side.</summary>
/// <remarks>
/// <see cref="WebSocketOptions.KeepAliveTimeout"/> does not replace it: the framework sends no ping to a client that sends data itself, and old
/// clients give up a server from which they see no ping for two minutes. The stream relies on the socket writing each frame in one call.
/// </remarks>
internal sealed class KeepAliveStream(Stream inner, TimeProvider time) : Stream
{
    /// <summary>A final ping frame without content (RFC 6455, section 5.5.2).</summary>
    private static readonly byte[] s_ping = [0x89, 0x00];

    private readonly SemaphoreSlim _frame = new(1, 1);
    private long _lastRead = time.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Time since the last bytes arrived.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastRead));

    public ValueTask PingAsync(CancellationToken cancellation) => WriteAsync(s_ping, cancellation);

    /// <summary>Writes a frame without waiting for one that the other side does not read. That frame is in the output as a whole, so the order is right.</summary>
    public async Task WriteLastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        try
        {
            await inner.WriteAsync(frame, cancellation);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side has left.
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken);
        Volatile.Write(ref _lastRead, time.GetTimestamp());
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _frame.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _frame.Release();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _frame.Dispose();
        }

        base.Dispose(disposing);
    }
}
