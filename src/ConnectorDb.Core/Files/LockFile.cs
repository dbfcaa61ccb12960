namespace ConnectorDb.Core.Files;

/// <summary>A lock between processes: a file that one process keeps open exclusively.</summary>
/// <remarks>The operating system releases it when the process ends.</remarks>
internal sealed class LockFile : IDisposable
{
    private const int Pause = 5;
    private readonly FileStream _file;

    private LockFile(FileStream file) => _file = file;

    /// <summary>Takes the lock; null when another process has it.</summary>
    /// <param name="owner">The file that the lock protects.</param>
    /// <exception cref="StoreException">The file cannot be created or opened.</exception>
    public static LockFile? TryTake(string path, string owner)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        try
        {
            return new LockFile(FileRights.OpenPrivate(path, options));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.ReadOnly, $"The file '{path}' that locks '{owner}' cannot be opened: {error.Message} Check that you may write to it and its folder.", owner, error);
        }
    }

    /// <summary>Takes the lock, waiting for another process.</summary>
    /// <exception cref="StoreException">The file cannot be created or opened, or the wait took too long.</exception>
    public static LockFile Take(string path, string owner, TimeSpan patience)
    {
        long started = Environment.TickCount64;
        LockFile? taken;
        while ((taken = TryTake(path, owner)) is null)
        {
            if (Environment.TickCount64 - started > patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(owner);
            }

            Thread.Sleep(Pause);
        }

        return taken;
    }

    public void Dispose() => _file.Dispose();
}
