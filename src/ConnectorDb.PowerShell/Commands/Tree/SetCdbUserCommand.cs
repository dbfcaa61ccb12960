using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using System.Security;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Changes properties of users, their passwords too; what is not given stays as it is.</summary>
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

    protected override void Process()
    {
        foreach (string name in User)
        {
            Try(() => Change(CdbPath.ForUser(name)), name);
        }
    }

    private void Change(CdbPath path)
    {
        if (!ShouldProcess(path.ToString(), "Change the user"))
        {
            return;
        }

        UserDefinition changes = Settings(Password is null ? null : Secret.Reveal(Password));
        CdbUser changed = Answer.Of(Client.UpdateUserAsync(path, changes, Cancellation));
        if (PassThru)
        {
            WriteObject(changed);
        }
    }
}
