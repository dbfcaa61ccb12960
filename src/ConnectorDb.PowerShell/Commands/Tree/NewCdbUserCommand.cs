using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;
using System.Security;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Makes a user, with the devices and streams it is to have: all or nothing.</summary>
[Cmdlet(VerbsCommon.New, "CdbUser", SupportsShouldProcess = true, DefaultParameterSetName = CredentialSet)]
[OutputType(typeof(CdbUser))]
public sealed class NewCdbUserCommand : UserSettingsCdbCmdlet
{
    private const string CredentialSet = "Credential";
    private const string PasswordSet = "Password";

    [Parameter(Position = 0, ParameterSetName = CredentialSet)]
    [Parameter(Position = 0, ParameterSetName = PasswordSet, Mandatory = true)]
    [Alias("Name")]
    public string? User { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    public SecureString? Password { get; set; }

    [Parameter]
    public IDictionary? Device { get; set; }

    [Parameter]
    public IDictionary? Stream { get; set; }

    protected override void Process()
    {
        string name = User ?? Credential!.UserName;
        Try(() => Create(CdbPath.ForUser(name)), name);
    }

    private void Create(CdbPath path)
    {
        UserDefinition definition = Settings(Secret.Reveal(Password ?? Credential!.Password), Device, Stream);
        if (ShouldProcess(path.ToString(), "Create the user"))
        {
            WriteObject(Answer.Of(Client.CreateUserAsync(path, definition, Cancellation)));
        }
    }
}
