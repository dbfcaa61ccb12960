using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>A response body that fails when the server sends nothing for too long.</summary>
internal sealed class ReadTimeoutStream(Stream body, TimeSpan patience, TimeProvider time) : BodyStream
{
    /// <exception cref="TimeoutException">The server sent nothing within the timeout.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> reading = body.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully
            ? reading.Result
            : await reading.AsTask().WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }
}
