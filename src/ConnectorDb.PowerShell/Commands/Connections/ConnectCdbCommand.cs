using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Opens a store, which is made at first use, and makes it the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Cdb", DefaultParameterSetName = IdentitySet)]
[OutputType(typeof(CdbConnection))]
public sealed class ConnectCdbCommand : CdbCmdlet
{
    private const string IdentitySet = "Identity";
    private const string KeySet = "ApiKey";
    private const string CredentialSet = "Credential";

    /// <summary>Who a store belongs to that nobody else has logged in to.</summary>
    private static readonly CdbPath s_owner = CdbPath.ForDevice("me", "user");

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = IdentitySet)]
    [ValidateNotNullOrEmpty]
    [PathArgument(CdbPathKind.Device)]
    public string? As { get; set; }

    [Parameter(ParameterSetName = KeySet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? ApiKey { get; set; }

    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    protected override void Begin()
    {
        ICdbClient client = Engine.Open(
            Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path),
            As is null ? null : CdbPath.Resolve(As, CdbPathKind.Device, s_owner),
            ApiKey,
            Credential?.UserName,
            Credential is null ? null : Secret.Reveal(Credential.Password));

        CdbConnection connection = new(client, Answer.Of(client.PingAsync(Cancellation)), TimeProvider.System.GetLocalNow());
        Session.Current.Add(connection);
        WriteObject(connection);
    }
}
