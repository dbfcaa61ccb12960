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
    [ArgumentCompleter(typeof(NodeCompleter))]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The kind of node that the path names; null for any.</summary>
    [Parameter]
    public CdbPathKind? Kind { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Process()
    {
        ForEach(Path, path => Export(NodeLookup.Find(Client, path, Kind, Cancellation)));
    }

    private void Export(CdbPath path)
    {
        string folder = FilePath(Destination);
        if (ShouldProcess(path.ToString(), $"Export to '{folder}'"))
        {
            Run(new Export(Client, path, folder, !NoApiKey), path);
            WriteObject(new DirectoryInfo(folder));
        }
    }

    private void Run(Export export, CdbPath path)
    {
        ProgressReport progress = new(this, $"Exporting {path}");
        try
        {
            foreach (ExchangeStep step in Await.Each(export.RunAsync(Cancellation)))
            {
                progress.Reach(step.Points, $"datapoints, now {step.Path}", step.Share);
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
