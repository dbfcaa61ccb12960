using System.Management.Automation;
using System.Security;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of users, including their passwords; properties that are not given do not change.</summary>
[Cmdlet(VerbsCommon.Set, "CdbUser", SupportsShouldProcess = true)]
[OutputType(typeof(CdbUser))]
public sealed class SetCdbUserCommand : UserSettingsCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User)]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] User { get; set; } = [];

    [Parameter]
    public SecureString? Password { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Nodes => User;

    protected override void Process(CdbPath path)
        => Write(path, "Change the user", () => Client.UpdateUserAsync(path, Settings(Password), Cancellation), PassThru);
}
