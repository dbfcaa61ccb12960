using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Backups;

/// <summary>A cmdlet that copies a store.</summary>
public abstract class StoreCopyCdbCmdlet : CdbCmdlet
{
    private protected StoreCopyCdbCmdlet()
    {
    }

    /// <summary>Replaces an existing file, also one that is damaged.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected void Copy(string source, string destination, bool replaces, string activity)
    {
        ProgressReport progress = new(this, activity);
        WriteObject(StoreBackupEngine.Copy(source, destination, replaces, Force, part => progress.Reach((long)(100 * part), "percent", part), Cancellation));
        progress.Complete();
    }
}
