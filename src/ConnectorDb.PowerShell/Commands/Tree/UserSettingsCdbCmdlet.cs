using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>The properties of a user that can be set.</summary>
public abstract class UserSettingsCdbCmdlet : ConnectedCdbCmdlet
{
    [Parameter]
    [AllowEmptyString]
    public string? Nickname { get; set; }

    [Parameter]
    public string? Email { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    [Parameter]
    [AllowEmptyString]
    public string? Icon { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(UserRoleCompleter))]
    public string? Role { get; set; }

    [Parameter]
    public SwitchParameter Public { get; set; }

    /// <summary>What was given; nothing else is changed.</summary>
    private protected UserDefinition Settings(string? password, IDictionary? devices = null, IDictionary? streams = null) => new()
    {
        Nickname = Nickname,
        Email = Email,
        Password = password,
        Description = Description,
        Icon = Icon,
        Role = Role,
        Public = Given(nameof(Public)) ? Public.IsPresent : null,
        Devices = TreeDefinition.Devices(devices),
        Streams = TreeDefinition.Streams(streams),
    };
}
