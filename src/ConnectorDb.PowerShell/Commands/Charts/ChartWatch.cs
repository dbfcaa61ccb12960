using ConnectorDb.Core.Charts.Terminal;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Draws a chart in place when datapoints arrive, at most four times a second.</summary>
/// <param name="terminal">Writes text with control sequences.</param>
/// <param name="stop">Is cancelled by Ctrl+C.</param>
internal sealed class ChartWatch(Action<string> terminal, CancellationToken stop)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.25);

    /// <summary>A chart is drawn after this time also without datapoints: the end of the axis moves, and a server that is away is noticed.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    /// <summary>Short lines, because a line that is wider than the window would take two.</summary>
    private static readonly string[] s_offline = ["The database does not answer.", "The chart goes on when it does.", "Ctrl+C ends."];

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    private readonly TerminalFrame _frame = new();
    private IReadOnlyList<string> _lines = [];

    /// <summary>Draws until no stream is followed any more.</summary>
    /// <param name="news">The streams.</param>
    /// <param name="draw">Returns the lines.</param>
    /// <param name="window">Returns the lines of the window.</param>
    /// <param name="report">Reports the error of a stream that is not followed any more.</param>
    /// <exception cref="OperationCanceledException">The pipeline was stopped.</exception>
    public void Run(StreamSignal news, Func<IReadOnlyList<string>> draw, Func<int> window, Action<CdbPath, CdbException> report)
    {
        terminal(TerminalFrame.HideCursor);
        try
        {
            while (news.IsOpen)
            {
                bool isDrawn = TryDraw(draw, window());
                stop.WaitHandle.WaitOne(isDrawn ? s_pause : s_retry);
                stop.ThrowIfCancellationRequested();
                if (isDrawn)
                {
                    news.Wait(s_idle);
                }

                while (news.TakeError() is var (stream, error))
                {
                    report(stream, error);
                    _frame.Leave();
                }
            }
        }
        finally
        {
            terminal(TerminalFrame.ShowCursor);
        }
    }

    /// <summary>Draws; false if the database cannot answer now, which the last line then tells.</summary>
    private bool TryDraw(Func<IReadOnlyList<string>> draw, int window)
    {
        try
        {
            _lines = draw();
            terminal(_frame.Replace(_lines, window));
            return true;
        }
        catch (StoreException error) when (error.Fault is StoreFault.Unreachable or StoreFault.Locked or StoreFault.Failed)
        {
            terminal(_frame.Replace([.. _lines.Take(window - s_offline.Length - 1), .. s_offline], window));
            return false;
        }
    }
}
