using System.Management.Automation;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Writes users, devices or streams, with their datapoints, to a folder.</summary>
[Cmdlet(VerbsData.Export, "CdbItem", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportCdbItemCommand : ConnectedCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ItemArgument]
    [ArgumentCompleter(typeof(ItemCompleter))]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>What the path names. Without it, it may be anything: a whole path, or one's own stream or device.</summary>
    [Parameter]
    public CdbPathKind? Kind { get; set; }

    [Parameter]
    public SwitchParameter NoApiKey { get; set; }

    protected override void Process()
    {
        foreach (string path in Path)
        {
            Try(() => Export(ItemLookup.Find(Client, path, Kind, Cancellation)), path);
        }
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
            foreach (ExchangeStep step in Answer.Each(export.RunAsync(Cancellation)))
            {
                progress.Reach(step.Points, $"datapoints, now {step.Path}", step.Share);
            }

            progress.Complete();
            if (export.Keyless.Count > 0)
            {
                Warn($"The API keys of {string.Join(", ", export.Keyless)} may not be read and were left out; an import gives these devices new ones. Use -NoApiKey when that is what you want.");
            }
        }
        finally
        {
            if (export.Left is { } left)
            {
                Warn($"The folder '{left}' of the unfinished export could not be removed. Remove it.");
            }
        }
    }
}
