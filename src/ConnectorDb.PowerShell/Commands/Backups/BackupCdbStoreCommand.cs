using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Backups;

/// <summary>Writes a verified copy of a store, while other programs use it.</summary>
[Cmdlet(VerbsData.Backup, "CdbStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreBackup))]
public sealed class BackupCdbStoreCommand : StoreCopyCdbCmdlet
{
    /// <summary>The store; without it, the store of the default connection, else of the account.</summary>
    [Parameter(Position = 1)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Destination { get; set; } = "";

    protected override void End()
    {
        string store = Path is not null ? FilePath(Path) : Engine.Locate(DefaultStore());
        string destination = OtherFileName.DemandStore(FilePath(Destination));
        if (ShouldProcess(destination, $"Back up the store '{store}'", () => StoreBackupEngine.Check(store, destination, replaces: Force, Force)))
        {
            Copy(store, destination, replaces: Force, "Backing up the store");
        }
    }

    private static string? DefaultStore()
        => RunspaceSession.Current.Default is not { } connection ? null
            : Engine.IsDatabase(connection.Location)
                ? throw new InvalidValueException($"The default connection is to the database '{connection.Location}'. Back it up with pg_dump of PostgreSQL; Backup-CdbStore copies stores in files.", connection.Location)
            : Engine.StoreOf(connection)
            ?? throw new InvalidValueException($"The default connection is to the server '{connection.Location}', whose store cannot be copied over the network. Run Backup-CdbStore on the machine of the server, with -Path. The server may run meanwhile.", connection.Location);
}
