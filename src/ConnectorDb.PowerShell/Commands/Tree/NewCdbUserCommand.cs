using System.Collections;
using System.Management.Automation;
using System.Security;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates a user, with devices and streams, in one transaction.</summary>
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

    private protected override IReadOnlyList<string> Nodes => [User ?? Credential!.UserName];

    protected override void Process(CdbPath path)
    {
        // Read before the confirmation, so that -WhatIf reports an invalid tree, too.
        UserDefinition definition = Settings(Password ?? Credential!.Password, Device, Stream);
        Write(path, "Create the user", () => Client.CreateUserAsync(path, definition, Cancellation));
    }
}
