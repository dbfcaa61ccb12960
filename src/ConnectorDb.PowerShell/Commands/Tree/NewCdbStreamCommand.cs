using System.Management.Automation;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates streams.</summary>
[Cmdlet(VerbsCommon.New, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class NewCdbStreamCommand : StreamSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [ArgumentCompleter(typeof(NewStreamCompleter))]
    public string[] Stream { get; set; } = [];

    private protected override IReadOnlyList<string> Nodes => Stream;

    private protected override bool Creates => true;

    protected override void Process(CdbPath path)
    {
        StreamDefinition definition = Settings();
        Create(path, "Create the stream", StreamFields.All, definition, () => Client.CreateStreamAsync(path, definition, Cancellation));
    }
}
