using System.Runtime.ExceptionServices;

namespace ConnectorDb.Core.Files;

/// <summary>A piece of work that waits for its turn to write.</summary>
internal abstract class WriteTurn<TState>(CancellationToken cancellation)
{
    private TaskCompletionSource<bool>? _call;
    private ExceptionDispatchInfo? _failure;

    public CancellationToken Cancellation { get; } = cancellation;

    public long Arrived { get; } = Environment.TickCount64;

    /// <summary>To be awaited by a turn that does not lead at once: true when it is its turn to lead, false when it is done.</summary>
    public Task<bool> Called => _call!.Task;

    public abstract void Run(TState state);

    public void BeginWait() => _call = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

    public void CallToLead() => _call!.SetResult(true);

    /// <param name="error">Why it failed; null when it is committed.</param>
    public void Conclude(Exception? error)
    {
        _failure = error is null ? null : ExceptionDispatchInfo.Capture(error);
        _call?.TrySetResult(false);
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
