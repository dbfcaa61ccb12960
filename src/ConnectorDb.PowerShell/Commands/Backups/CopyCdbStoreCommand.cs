using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Backups;

/// <summary>Copies a store between files and databases, while other programs use it.</summary>
[Cmdlet(VerbsCommon.Copy, "CdbStore", SupportsShouldProcess = true)]
[OutputType(typeof(StoreTransfer))]
public sealed class CopyCdbStoreCommand : CdbCmdlet
{
    /// <summary>The file or the address of the store.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The file or the address of the copy.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Destination { get; set; } = "";

    protected override void End()
    {
        string source = PlaceOf(Path);
        string destination = PlaceOf(Destination);
        destination = Engine.IsDatabase(destination) ? destination : OtherFileName.DemandStore(destination);
        if (!ShouldProcess(destination, $"Copy the store '{source}'", () => StoreTransferEngine.Check(source, destination, Cancellation)))
        {
            return;
        }

        string? folder = Engine.FolderToCreate(destination);
        StoreTransfer copy = Copy(source, destination);
        ReportFolder(folder);
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture,
            $"Copied {CountText.Of(copy.Copied, "datapoint")} from '{copy.Source}' and compared all: {CountText.Of(copy.Streams, "stream")} with {CountText.Of(copy.Datapoints, "datapoint")} in '{copy.Path}'."));
        WriteObject(copy);
    }

    /// <summary>Copies, and warns of a part if it ends early.</summary>
    private StoreTransfer Copy(string source, string destination)
    {
        ProgressReport progress = new(this, "Copying the store");
        double done = 0;
        bool isComplete = false;
        try
        {
            StoreTransfer copy = StoreTransferEngine.Copy(
                source,
                destination,
                part =>
                {
                    done = part;
                    progress.Reach((long)(100 * part), "percent", part);
                },
                Cancellation);
            isComplete = true;
            return copy;
        }
        finally
        {
            progress.Complete();
            if (!isComplete && (done > 0 || StoreTransferEngine.IsPart(destination)))
            {
                Warn(string.Create(CultureInfo.InvariantCulture, $"The copy was stopped at {Math.Floor(100 * done)} percent, so '{destination}' has a part of the store. To go on from there: Copy-CdbStore '{Path}' '{Destination}'"));
            }
        }
    }

    /// <exception cref="InvalidValueException">The text is the address of a server, or no path.</exception>
    private string PlaceOf(string place) => place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        ? throw new InvalidValueException($"'{place}' is the address of a server, and Copy-CdbStore copies files and databases. Run it on the machine of the server with the file or database of its store; Get-CdbServer shows it there.", place)
        : StorePath(place);
}
