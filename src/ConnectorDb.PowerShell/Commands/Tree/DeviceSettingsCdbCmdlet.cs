using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>The properties of a device that can be set.</summary>
public abstract class DeviceSettingsCdbCmdlet : DeviceCdbCmdlet
{
    [Parameter]
    [AllowEmptyString]
    public string? Nickname { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

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

    /// <summary>What was given; nothing else is changed.</summary>
    private protected DeviceDefinition Settings(IDictionary? streams = null) => new()
    {
        Nickname = Nickname,
        Description = Description,
        Icon = Icon,
        ApiKey = ApiKey,
        Role = Role,
        Public = Given(nameof(Public)) ? Public.IsPresent : null,
        Enabled = Given(nameof(Enabled)) ? Enabled : null,
        Visible = Given(nameof(Visible)) ? Visible : null,
        UserEditable = Given(nameof(UserEditable)) ? UserEditable : null,
        Streams = TreeDefinition.Streams(streams),
    };
}
