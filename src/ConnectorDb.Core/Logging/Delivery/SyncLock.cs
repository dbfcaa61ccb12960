using System.Diagnostics;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>The right to send from a logger's file, which one process has at a time: a file beside it, kept open.</summary>
internal static class SyncLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits so long for it, or until it is cancelled; null when another still has it then.</summary>
    public static async Task<LockFile?> TakeAsync(string outbox, TimeSpan patience, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        LockFile? taken;
        while ((taken = LockFile.TryTake($"{outbox}-sync", outbox)) is null && Stopwatch.GetElapsedTime(began) < patience && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(s_pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return taken;
    }
}
