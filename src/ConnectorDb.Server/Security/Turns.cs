namespace ConnectorDb.Server.Security;

/// <summary>Lets the requests of one address, or to one account, take turns, so that many at once neither pass a limit before it counts nor fill the queue for others.</summary>
/// <remarks>Keys share a fixed number of turns by their hash, so that the memory is bounded.</remarks>
internal sealed class Turns : IDisposable
{
    private const int Number = 64;
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Number).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the turn of the key. It ends with the disposal of the result.</summary>
    public async ValueTask<IDisposable> WaitAsync(object key, CancellationToken cancellation)
    {
        SemaphoreSlim turn = _turns[(uint)key.GetHashCode() % Number];
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public void Dispose() => Array.ForEach(_turns, turn => turn.Dispose());

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
