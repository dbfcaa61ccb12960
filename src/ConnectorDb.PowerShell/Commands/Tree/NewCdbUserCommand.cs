using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Creates a user, with devices and streams, in one transaction.</summary>
[Cmdlet(VerbsCommon.New, "CdbUser", SupportsShouldProcess = true, DefaultParameterSetName = PasswordSet)]
[OutputType(typeof(CdbUser))]
public sealed class NewCdbUserCommand : UserSettingsCdbCmdlet
{
    private const string CredentialSet = "Credential";
    private const string PasswordSet = "Password";

    [Parameter(Position = 0, ParameterSetName = CredentialSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = PasswordSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.User)]
    public string? User { get; set => field = OfSet(value); }

    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    public PSCredential? Credential { get; set => field = OfSet(value); }

    /// <summary>Without it, the host asks for it.</summary>
    [Parameter(ParameterSetName = PasswordSet, ValueFromPipelineByPropertyName = true)]
    [PasswordArgument]
    public SecureString? Password { get; set => field = OfSet(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TreeArgument]
    [ArgumentCompleter(typeof(DeviceTreeCompleter))]
    public IDictionary? Device { get; set => field = NonEmptyCell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TreeArgument]
    [ArgumentCompleter(typeof(StreamTreeCompleter))]
    public IDictionary? Stream { get; set => field = NonEmptyCell(value); }

    private protected override IReadOnlyList<string> Nodes => [User ?? Credential!.UserName];

    private protected override bool Creates => true;

    protected override void Process(CdbPath path)
    {
        if (User is not null && Credential is { UserName: var name } && name != path.User)
        {
            throw new InvalidValueException($"-User is '{User}', and the user of the credential is '{name}'. Omit -User to create '{name}', or create '{User}' with -Password.", User);
        }

        // Read before the confirmation, so that -WhatIf reports an invalid tree, too.
        UserDefinition definition = Settings(Password ?? Credential?.Password ?? (IsTrial && !MyInvocation.ExpectingInput ? null : Ask(path)), Device, Stream);
        Create(path, definition.Public is false ? "Create the user" : "Create the user, visible to others", UserFields.All, definition, () =>
        {
            if (definition.Public is null)
            {
                WriteVerbose($"'{path}' will be public: others see it, but not its devices. -Public:$false makes it private.");
            }

            return Client.CreateUserAsync(path, definition, Cancellation);
        });
    }

    // PowerShell's own question, for a mandatory parameter, fails at a row without a password before the cmdlet can name the user.
    /// <exception cref="InvalidValueException">A row of the pipeline has no password, or the host cannot ask.</exception>
    private SecureString Ask(CdbPath path)
    {
        try
        {
            if (!MyInvocation.ExpectingInput && !IsInputEnded && Prompt(path) is { Length: > 0 } given)
            {
                return given;
            }
        }
        catch (PSInvalidOperationException)
        {
            // The host is not interactive.
        }

        if (!MyInvocation.ExpectingInput)
        {
            throw new InvalidValueException($"The new user '{path}' has no password, because none was typed. Run the command again, or give one: -Password (Read-Host -AsSecureString).", path);
        }

        throw new InvalidValueException($"The new user '{path}' has no password, and an export contains none. Add a column Password to the table, or give all the same: -Password (Read-Host -AsSecureString).", path);
    }

    private SecureString? Prompt(CdbPath path)
    {
        FieldDescription field = new(nameof(Password));
        field.SetParameterType(typeof(SecureString));
        return Host.UI.Prompt("", $"A password for the new user '{path}':", [field])[nameof(Password)].BaseObject as SecureString;
    }
}
