using System.Threading.Channels;

namespace ConnectorDb.Contracts;

/// <summary>The steps of an operation, such as requests, retries and skipped parts. A trace flows to all threads of the operation.</summary>
/// <param name="show">Shows a step; it runs on the thread of the caller.</param>
public sealed class OperationTrace(Action<string> show)
{
    private static readonly AsyncLocal<OperationTrace?> s_current = new();
    private readonly Channel<string> _steps = Channel.CreateUnbounded<string>();

    /// <summary>The trace of the running operation; null when nobody follows it.</summary>
    public static OperationTrace? Current => s_current.Value is { _steps.Reader.Completion.IsCompleted: false } open ? open : null;

    /// <summary>Sets the trace of this thread and of the tasks that it starts.</summary>
    public static void Enter(OperationTrace? trace)
    {
        // Each change copies the execution context.
        if (!ReferenceEquals(s_current.Value, trace))
        {
            s_current.Value = trace;
        }
    }

    /// <summary>Adds a step. Nothing happens after the trace is closed.</summary>
    public void Add(string step) => _steps.Writer.TryWrite(step);

    /// <summary>Shows the steps so far.</summary>
    public void Show()
    {
        while (_steps.Reader.TryRead(out string? step))
        {
            show(step);
        }
    }

    /// <summary>Shows the steps of a task until it ends.</summary>
    public void Follow(Task task)
    {
        while (!task.IsCompleted && Task.WaitAny(task, _steps.Reader.WaitToReadAsync().AsTask()) == 1)
        {
            Show();
        }

        Show();
    }

    /// <summary>Takes no more steps, also of work that continues in the background.</summary>
    public void Close()
    {
        _steps.Writer.TryComplete();
        while (_steps.Reader.TryRead(out _))
        {
        }
    }
}
