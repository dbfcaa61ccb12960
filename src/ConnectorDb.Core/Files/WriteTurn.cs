using System.Runtime.ExceptionServices;

namespace ConnectorDb.Core.Files;

/// <summary>A piece of work that waits for its turn to write.</summary>
internal abstract class WriteTurn<TState>(CancellationToken cancellation)
{
    private ExceptionDispatchInfo? _failure;

    public CancellationToken Cancellation { get; } = cancellation;

    public long Arrived { get; } = Environment.TickCount64;

    /// <summary>Its transaction was committed, or it failed.</summary>
    public bool IsDone { get; private set; }

    public abstract void Run(TState state);

    /// <param name="error">Why it failed; null when it is committed.</param>
    public void Conclude(Exception? error)
    {
        _failure = error is null ? null : ExceptionDispatchInfo.Capture(error);
        IsDone = true;
    }

    protected void ThrowIfFailed() => _failure?.Throw();
}

/// <inheritdoc cref="WriteTurn{TState}"/>
internal sealed class WriteTurn<TState, T>(Func<TState, T> work, CancellationToken cancellation) : WriteTurn<TState>(cancellation)
{
    private T? _result;

    public override void Run(TState state) => _result = work(state);

    public T Result()
    {
        ThrowIfFailed();
        return _result!;
    }
}
