using System.Management.Automation;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of streams; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class SetCdbStreamCommand : StreamSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Nodes => Stream;

    protected override void Process(CdbPath path)
        => Change(path, "Change the stream", StreamFields.All, Settings(), changes => Client.UpdateStreamAsync(path, changes, Cancellation), PassThru);
}
