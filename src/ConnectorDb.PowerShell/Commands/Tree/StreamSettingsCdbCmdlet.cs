using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>A cmdlet that creates or changes streams: their properties.</summary>
public abstract class StreamSettingsCdbCmdlet() : NodeSettingsCdbCmdlet(typeof(CdbStream))
{
    private bool? _ephemeral;
    private bool? _downlink;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SchemaArgument]
    [ArgumentCompleter(typeof(SchemaCompleter))]
    public string? Schema { get; set => field = Cell(value) is "" ? CdbStream.AnyValue : Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DatatypeCompleter))]
    public string? Datatype { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Ephemeral { get => _ephemeral is true; set => _ephemeral = FlagArgumentAttribute.Take(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Downlink { get => _downlink is true; set => _downlink = FlagArgumentAttribute.Take(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [LabelsArgument]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public LabelSet? Label { get; set => field = Cell(value); }

    private protected sealed override CdbPathKind Kind => CdbPathKind.Stream;

    /// <summary>The properties that the user gave; the others are null and do not change.</summary>
    /// <exception cref="InvalidSchemaException">The schema is a text that is neither the name of a type nor a JSON object.</exception>
    private protected StreamDefinition Settings() => new()
    {
        Schema = Schema is null ? null : SchemaArgumentAttribute.Read(Schema),
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        Datatype = Datatype,
        Ephemeral = _ephemeral,
        Downlink = _downlink,
        Labels = Label,
    };
}
