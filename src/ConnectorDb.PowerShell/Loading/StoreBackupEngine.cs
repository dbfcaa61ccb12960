using ConnectorDb.Core.Storage.Backups;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Calls the engine to copy stores.</summary>
internal static class StoreBackupEngine
{
    /// <inheritdoc cref="StoreBackups.Find"/>
    public static void Find(string source) => StoreBackups.Find(source);

    /// <inheritdoc cref="StoreBackups.Copy"/>
    public static StoreBackup Copy(string source, string destination, bool replaces, bool alsoDamaged, Action<double> progress, CancellationToken cancellation)
        => StoreBackups.Copy(source, destination, replaces, alsoDamaged, progress, cancellation);
}
