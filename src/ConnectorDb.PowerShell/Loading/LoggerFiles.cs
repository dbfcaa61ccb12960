using ConnectorDb.Core.Logging;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The file of a logger and the files beside it.</summary>
internal static class LoggerFiles
{
    /// <summary>True for a file without content, which opening turns into a new logger.</summary>
    public static bool IsEmpty(string path) => new FileInfo(path) is { Exists: true, Length: 0 };

    /// <summary>Deletes a closed logger.</summary>
    /// <exception cref="StoreException">It is open in this or another process; nothing was deleted.</exception>
    public static void Delete(string path)
    {
        if (!DataLogger.TryDelete(path))
        {
            throw new StoreException(StoreFault.Locked, $"The logger '{path}' is open in another program or session, so its file was not deleted. Close it there with Stop-CdbLogger or Stop-CdbPoller, or stop the service, and try again.", path);
        }
    }

    /// <summary>Deletes a new logger whose creation failed, unless another process has opened it meanwhile.</summary>
    /// <param name="keepsEmpty">The file itself becomes empty instead.</param>
    public static void Undo(string path, bool keepsEmpty)
    {
        if (DataLogger.TryDelete(path) && keepsEmpty)
        {
            File.Create(path).Dispose();
        }
    }
}
