using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Backups;

/// <summary>Replaces a store by a verified copy of a backup.</summary>
[Cmdlet(VerbsData.Restore, "CdbStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreBackup))]
public sealed class RestoreCdbStoreCommand : StoreCopyCdbCmdlet
{
    /// <summary>The backup.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The store that is replaced; without it, the store of the account, unless the default connection is to another one.</summary>
    [Parameter(Position = 1)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Destination { get; set; }

    protected override void End()
    {
        string backup = FilePath(Path);
        string store = Engine.Locate(Destination is null ? null : FilePath(Destination));
        if (Destination is null && RunspaceSession.Current.Default is { } connection && Engine.StoreOf(connection) != store)
        {
            throw new InvalidValueException(
                $"Without -Destination, the store of this account is restored, '{store}'. The default connection is to another one, '{connection.Location}'. Say which is meant: give its file as -Destination. A store that is connected must be closed before, with Disconnect-Cdb.",
                store);
        }

        bool exists = new FileInfo(store) is { Exists: true, Length: > 0 };
        if (!ShouldProcess(store, $"Restore the store from '{backup}'", () => StoreBackupEngine.Check(backup, store, replaces: !exists || Force || !IsUnconfirmed, Force)))
        {
            return;
        }

        if (!exists || Force || IsUnconfirmed)
        {
            // -Confirm:$false answers for a restore to a new file as well, so that it does not say that a store may go.
            Copy(backup, store, replaces: !exists || Force, "Restoring the store");
        }
        else if (ShouldContinue($"All data in '{store}' is replaced by the backup. Continue?", "Restore a store"))
        {
            Copy(backup, store, replaces: true, "Restoring the store");
        }
    }

    private bool IsUnconfirmed => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && confirm is SwitchParameter { IsPresent: false };
}
