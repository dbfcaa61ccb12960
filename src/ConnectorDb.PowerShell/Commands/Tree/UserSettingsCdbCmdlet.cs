using System.Collections;
using System.Management.Automation;
using System.Security;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>A cmdlet that creates or changes users: their properties.</summary>
public abstract class UserSettingsCdbCmdlet() : NodeSettingsCdbCmdlet(typeof(CdbUser))
{
    private bool? _public;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Email { get; set => field = Cell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(UserRoleCompleter))]
    public string? Role { get; set => field = NonEmptyCell(value)?.ToLowerInvariant(); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagArgument]
    public SwitchParameter Public { get => _public is true; set => _public = FlagArgumentAttribute.Take(); }

    private protected sealed override CdbPathKind Kind => CdbPathKind.User;

    /// <summary>The properties that the user gave; the others are null and do not change.</summary>
    private protected UserDefinition Settings(SecureString? password, IDictionary? devices = null, IDictionary? streams = null) => new()
    {
        Nickname = Nickname,
        Email = Email,
        Password = password is null ? null : Secret.Reveal(password),
        Description = Description,
        Icon = Icon,
        Role = Role,
        Public = _public,
        Devices = TreeDefinition.Devices(devices),
        Streams = TreeDefinition.Streams(streams),
    };
}
