using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of streams; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbStream", SupportsShouldProcess = true)]
[OutputType(typeof(CdbStream))]
public sealed class SetCdbStreamCommand : StreamSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Nodes => Stream;

    protected override void Process(CdbPath path)
        => Change(path, "Change the stream", StreamFields.All, Settings(), changes => ValueTask.FromResult(Update(path, changes)), PassThru);

    /// <summary>Writes the changes, and warns of a schema that the newest datapoint does not satisfy; all others are not looked at.</summary>
    private CdbStream Update(CdbPath path, StreamDefinition changes)
    {
        CdbStream written = Await.Result(Client.UpdateStreamAsync(path, changes, Cancellation));
        if (changes.Schema is { } schema && Newest(path) is { } newest && Engine.FaultOf(newest, schema) is { } fault)
        {
            Warn($"The newest datapoint of '{path}' does not satisfy the new schema. {fault} Stored datapoints stay as they are; new ones are checked.");
        }

        return written;
    }

    private DataValue? Newest(CdbPath path)
    {
        DataValue? newest = null;
        foreach (Block block in Await.Each(Client.ReadAsync(new DataQuery(path) { I1 = -1 }, Cancellation)))
        {
            newest = block.Count > 0 ? block.Values[block.Count - 1] : newest;
        }

        return newest;
    }
}
