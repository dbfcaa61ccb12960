using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>A cmdlet that creates or changes streams: their properties.</summary>
public abstract class StreamSettingsCdbCmdlet : NodeSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream)]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    [Parameter]
    [SchemaArgument]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Datatype { get; set; }

    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    private protected sealed override CdbPathKind Kind => CdbPathKind.Stream;

    private protected sealed override IReadOnlyList<string> Nodes => Stream;

    /// <summary>The properties that the user gave; the others are null and do not change.</summary>
    private protected StreamDefinition Settings() => new()
    {
        Schema = Schema,
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        Datatype = Datatype,
        Ephemeral = IfGiven(Ephemeral),
        Downlink = IfGiven(Downlink),
    };
}
