namespace ConnectorDb.Shell;

/// <summary>Ctrl+C stops the pipeline that runs, not the process.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Session _session;
    private readonly bool _once;
    private bool _stopping;

    private Interrupts(Session session, bool once)
    {
        _session = session;
        _once = once;
        Console.CancelKeyPress += OnCancelKeyPress;
    }

    /// <summary>Every Ctrl+C stops what runs then.</summary>
    public static Interrupts AlwaysFor(Session session) => new(session, once: false);

    /// <summary>The first Ctrl+C stops the pipeline; one more, should the pipeline not heed the first, ends the process.</summary>
    public static Interrupts OnceFor(Session session) => new(session, once: true);

    public void Dispose() => Console.CancelKeyPress -= OnCancelKeyPress;

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        if (e.SpecialKey != ConsoleSpecialKey.ControlC || (_once && _stopping))
        {
            return;
        }

        e.Cancel = true;
        _stopping = true;
        _session.Stop();
    }
}
