using ConnectorDb.Core.Storage.Backups;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Calls the engine to copy stores.</summary>
internal static class StoreBackupEngine
{
    /// <inheritdoc cref="StoreBackups.Check(string, string, bool, bool)"/>
    public static void Check(string source, string destination, bool replaces, bool alsoDamaged) => StoreBackups.Check(source, destination, replaces, alsoDamaged);

    /// <inheritdoc cref="StoreBackups.Copy"/>
    public static StoreBackup Copy(string source, string destination, bool replaces, bool alsoDamaged, Action<double> progress, CancellationToken cancellation)
        => StoreBackups.Copy(source, destination, replaces, alsoDamaged, progress, cancellation);
}
