namespace ConnectorDb.Core.Files;

/// <summary>
/// A file that one process at a time keeps open, as a sign of a right that it has. The platform lets go of it when the
/// process ends, however it ends.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private const int Pause = 5;
    private readonly FileStream _file;

    private LockFile(FileStream file) => _file = file;

    /// <summary>Takes the file; null when another has it.</summary>
    /// <param name="owner">The file that the right is about.</param>
    /// <exception cref="StoreException">The file cannot be made or opened.</exception>
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
            throw new StoreException(StoreFault.ReadOnly, $"The file '{path}', by which processes take turns, cannot be opened: {error.Message} Check that you may write it and its folder.", owner, error);
        }
    }

    /// <summary>Takes the file, and waits so long for another that has it.</summary>
    /// <exception cref="StoreException">It cannot be made or opened, or another has had it for too long.</exception>
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
