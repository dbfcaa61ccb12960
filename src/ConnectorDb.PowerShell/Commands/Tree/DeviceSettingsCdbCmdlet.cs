using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>A cmdlet that creates or changes devices: their properties.</summary>
public abstract class DeviceSettingsCdbCmdlet : NodeSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Device)]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string[] Device { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeviceRoleCompleter))]
    public string? Role { get; set; }

    [Parameter]
    public SwitchParameter Public { get; set; }

    [Parameter]
    public bool Enabled { get; set; }

    [Parameter]
    public bool Visible { get; set; }

    [Parameter]
    public bool UserEditable { get; set; }

    private protected sealed override CdbPathKind Kind => CdbPathKind.Device;

    private protected sealed override IReadOnlyList<string> Nodes => Device;

    /// <summary>The properties that the user gave; the others are null and do not change.</summary>
    private protected DeviceDefinition Settings(IDictionary? streams = null) => new()
    {
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        ApiKey = ApiKey,
        Role = Role,
        Public = IfGiven(Public),
        Enabled = IfGiven(Enabled),
        Visible = IfGiven(Visible),
        UserEditable = IfGiven(UserEditable),
        Streams = TreeDefinition.Streams(streams),
    };
}
