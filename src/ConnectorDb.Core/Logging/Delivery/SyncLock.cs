using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Lets one process at a time sync a destination, by an exclusive lock on the file <c>OUTBOX-sync-ID</c>.</summary>
internal static class SyncLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    // The operating system releases a file lock when a process ends in any way, so a crash cannot leave it behind. There is no
    // notification of its release; hence the polling.
    /// <summary>Returns the lock, or null when another process holds it until the timeout or the cancellation.</summary>
    public static async Task<LockFile?> TakeAsync(string outbox, long destination, TimeSpan patience, CancellationToken cancellation)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{outbox}-sync-{destination}");
        long began = Stopwatch.GetTimestamp();
        LockFile? taken;
        while ((taken = LockFile.TryTake(path, outbox)) is null && Stopwatch.GetElapsedTime(began) < patience && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(s_pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return taken;
    }
}
