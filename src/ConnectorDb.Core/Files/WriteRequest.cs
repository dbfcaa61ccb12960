using System.Runtime.ExceptionServices;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Files;

/// <summary>Work that waits to be written.</summary>
internal abstract class WriteRequest<TState>(CancellationToken cancellation)
{
    private readonly OperationTrace? _trace = OperationTrace.Current;
    private TaskCompletionSource<bool>? _call;
    private ExceptionDispatchInfo? _failure;

    public CancellationToken Cancellation { get; } = cancellation;

    public long Arrived { get; } = Environment.TickCount64;

    /// <summary>Completes with true when the request becomes the leader, with false when it is done; only for requests that waited.</summary>
    public Task<bool> Promoted => _call!.Task;

    /// <summary>Runs the work, which is traced for its own caller and not for the leader.</summary>
    public void Run(TState state)
    {
        OperationTrace? leader = OperationTrace.Current;
        OperationTrace.Enter(_trace);
        try
        {
            Work(state);
        }
        finally
        {
            OperationTrace.Enter(leader);
        }
    }

    protected abstract void Work(TState state);

    public void BeginWait() => _call = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Promote() => _call!.SetResult(true);

    /// <param name="error">The reason of a failure; null when the work was committed.</param>
    public void Complete(Exception? error)
    {
        _failure = error is null ? null : ExceptionDispatchInfo.Capture(error);
        _call?.TrySetResult(false);
    }

    protected void ThrowIfFailed() => _failure?.Throw();
}

/// <inheritdoc cref="WriteRequest{TState}"/>
internal sealed class WriteRequest<TState, T>(Func<TState, T> work, CancellationToken cancellation) : WriteRequest<TState>(cancellation)
{
    private T? _result;

    protected override void Work(TState state) => _result = work(state);

    public T Result()
    {
        ThrowIfFailed();
        return _result!;
    }
}
