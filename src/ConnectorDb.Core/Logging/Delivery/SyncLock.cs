using System.Diagnostics;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>
/// The right to send from a logger's file, which one process has at a time. It is a file beside it, kept open; the
/// platform lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class SyncLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private SyncLock(FileStream file) => _file = file;

    /// <summary>Waits so long for it, or until it is cancelled; null when another still has it then.</summary>
    public static async Task<SyncLock?> TakeAsync(string outbox, TimeSpan patience, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        SyncLock? taken;
        while ((taken = TryTake(outbox)) is null && Stopwatch.GetElapsedTime(began) < patience && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(s_pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return taken;
    }

    public void Dispose() => _file.Dispose();

    private static SyncLock? TryTake(string outbox)
    {
        string path = $"{outbox}-sync";
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new SyncLock(File.Open(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.ReadOnly, $"The file '{path}', which says who is sending, cannot be opened: {error.Message} Check that you may write it and its folder.", outbox, error);
        }
    }
}
