using System.Globalization;
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
        string? folder = Engine.FolderToCreate(destination);
        ProgressReport progress = new(this, activity);
        StoreBackup copy = StoreBackupEngine.Copy(source, destination, replaces, Force, part => progress.Reach((long)(100 * part), "percent", part), Cancellation);
        progress.Complete();
        ReportFolder(folder);
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Copied {CountText.Of(copy.Streams, "stream")} with {CountText.Of(copy.Datapoints, "datapoint")} from '{source}', and verified them in '{destination}'."));
        WriteObject(copy);
    }
}
