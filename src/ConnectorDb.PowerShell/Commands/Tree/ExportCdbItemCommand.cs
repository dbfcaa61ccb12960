using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Exports users, devices or streams, with their datapoints, to a folder.</summary>
[Cmdlet(VerbsData.Export, "CdbItem", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [NodeArgument]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Destination { get; set; } = "";

    /// <summary>The kind of node that the path names; null for any.</summary>
    [Parameter]
    [ValidateNotNull]
    public CdbPathKind? Kind { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Process()
    {
        ForEach(Path, typed =>
        {
            CdbPath[] found = NodeLookup.Find(Client, typed, Kind, Cancellation);
            if (found is [{ Kind: not CdbPathKind.User } first, _, ..])
            {
                throw new InvalidNameException($"'{typed}' matches {found.Length} {first.Kind.ToString().ToLowerInvariant()}s, and each needs a folder of its own: Get-Cdb{first.Kind} '{typed}' | Export-CdbItem -Destination {{ Join-Path '{Destination}' $_.Name }}.", typed);
            }

            ForEach(found, Export);
        });
    }

    private void Export(CdbPath path)
    {
        string folder = FilePath(Destination);
        if (ShouldProcess(path.ToString(), $"Export to '{folder}'", () => Find(path)))
        {
            Run(new Export(Client, path, folder, !NoApiKey), path);
            WriteObject(new DirectoryInfo(folder));
        }
    }

    private void Run(Export export, CdbPath path)
    {
        ProgressReport progress = new(this, $"Exporting {path}");
        CdbPath? current = null;
        try
        {
            foreach (ExchangeStep step in Await.Each(export.RunAsync(Cancellation)))
            {
                progress.Reach(step.Points, $"datapoints, now {step.Path}", step.Share);
                if (step.Path != current)
                {
                    current = step.Path;
                    WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Exports '{current}'; {CountText.Of(step.Points, "datapoint")} so far."));
                }
            }

            progress.Complete();
            if (export.Keyless.Count > 0)
            {
                Warn($"You have no right to read the API keys of {string.Join(", ", export.Keyless)}. The export does not contain them, and an import will create new ones. Use -NoApiKey to export without keys on purpose.");
            }
        }
        finally
        {
            if (export.Left is { } left)
            {
                Warn($"The export did not finish, and its folder '{left}' could not be removed. Remove the folder.");
            }
        }
    }
}
