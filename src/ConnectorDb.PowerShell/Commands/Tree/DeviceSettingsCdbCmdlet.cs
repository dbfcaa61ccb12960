using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>A cmdlet that creates or changes devices: their properties.</summary>
public abstract class DeviceSettingsCdbCmdlet() : NodeSettingsCdbCmdlet(typeof(CdbDevice))
{
    private bool? _public;
    private bool? _enabled;
    private bool? _visible;
    private bool? _userEditable;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? ApiKey { get; set => field = NonEmptyCell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeviceRoleCompleter))]
    public string? Role { get; set => field = Cell(value)?.ToLowerInvariant(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Public { get => _public is true; set => _public = FlagArgumentAttribute.Take(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Enabled { get => _enabled is true; set => _enabled = FlagArgumentAttribute.Take(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Visible { get => _visible is true; set => _visible = FlagArgumentAttribute.Take(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter UserEditable { get => _userEditable is true; set => _userEditable = FlagArgumentAttribute.Take(); }

    private protected sealed override CdbPathKind Kind => CdbPathKind.Device;

    /// <summary>The properties that the user gave; the others are null and do not change.</summary>
    private protected DeviceDefinition Settings(IDictionary? streams = null) => new()
    {
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        ApiKey = ApiKey,
        Role = Role,
        Public = _public,
        Enabled = _enabled,
        Visible = _visible,
        UserEditable = _userEditable,
        Streams = TreeDefinition.Streams(streams),
    };
}
