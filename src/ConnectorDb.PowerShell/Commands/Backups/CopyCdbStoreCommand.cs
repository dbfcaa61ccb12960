using System.Globalization;
using System.Management.Automation;
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
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Path { get; set; } = "";

    /// <summary>The file or the address of the copy.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Destination { get; set; } = "";

    protected override void End()
    {
        string source = PlaceOf(Path);
        string destination = PlaceOf(Destination);
        if (!ShouldProcess(destination, $"Copy the store '{source}'", () => StoreTransferEngine.Check(source, destination, Cancellation)))
        {
            return;
        }

        ProgressReport progress = new(this, "Copying the store");
        StoreTransfer copy = StoreTransferEngine.Copy(source, destination, part => progress.Reach((long)(100 * part), "percent", part), Cancellation);
        progress.Complete();
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture,
            $"Copied {CountText.Of(copy.Copied, "datapoint")} from '{copy.Source}' and compared all: {CountText.Of(copy.Streams, "stream")} with {CountText.Of(copy.Datapoints, "datapoint")} in '{copy.Path}'."));
        WriteObject(copy);
    }

    /// <exception cref="InvalidValueException">The text is the address of a server, or no path.</exception>
    private string PlaceOf(string place) => place.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || place.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        ? throw new InvalidValueException($"'{place}' is the address of a server, and Copy-CdbStore copies files and databases. Run it on the machine of the server with the file or database of its store; Get-CdbServer shows it there.", place)
        : StorePath(place);
}
