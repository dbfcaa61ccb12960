using System.Management.Automation;
using System.Security;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of users, including their passwords; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbUser", SupportsShouldProcess = true)]
[OutputType(typeof(CdbUser))]
public sealed class SetCdbUserCommand : UserSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PasswordArgument]
    public SecureString? Password { get; set => field = NonEmptyCell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PasswordArgument]
    public SecureString? OldPassword { get; set => field = NonEmptyCell(value); }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Nodes => User;

    protected override void Process(CdbPath path)
    {
        string? oldPassword = OldPassword is null ? null : Secret.Reveal(OldPassword);
        Change(path, "Change the user", UserFields.All, Settings(Password), changes => Client.UpdateUserAsync(path, changes with { OldPassword = oldPassword }, Cancellation), PassThru);
    }
}
