using System.Management.Automation;
using System.Net;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Connections;

/// <summary>Opens a store, which is created at first use, or logs in to a server, and makes the connection the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "Cdb", DefaultParameterSetName = IdentitySet)]
[OutputType(typeof(CdbConnection))]
public sealed class ConnectCdbCommand : CdbCmdlet
{
    private const string IdentitySet = "Identity";
    private const string KeySet = "ApiKey";
    private const string CredentialSet = "Credential";
    private const string ServerSet = "Server";
    private const string ServerKeySet = "ServerApiKey";
    private const string ServerCredentialSet = "ServerCredential";

    /// <summary>The default identity in an embedded store.</summary>
    private static readonly CdbPath s_owner = CdbPath.ForDevice("me", "user");

    [Parameter(Position = 0, ParameterSetName = IdentitySet)]
    [Parameter(Position = 0, ParameterSetName = KeySet)]
    [Parameter(Position = 0, ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = CredentialSet)]
    public SwitchParameter MustExist { get; set; }

    [Parameter(ParameterSetName = IdentitySet)]
    [ValidateNotNullOrEmpty]
    [PathArgument(CdbPathKind.Device)]
    public string? As { get; set; }

    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerKeySet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerCredentialSet, Mandatory = true)]
    [ValidateNotNull]
    public Uri? Url { get; set; }

    [Parameter(ParameterSetName = KeySet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerKeySet, Mandatory = true)]
    [SecretArgument]
    [ValidateNotNull]
    public SecretText? ApiKey { get; set; }

    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerCredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [DurationArgument(IsTimeout = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    private bool IsLogin => (As, ApiKey, Credential) is not (null, null, null);

    protected override void Begin()
    {
        CdbConnection connection = Connect(Url is null ? OpenStore() : OpenServer(Url));
        RunspaceSession.Current.Add(connection);
        if (connection.IsNew)
        {
            WriteVerbose($"Made a new store in '{connection.Location}'.");
            WriteInformation($"Made a new store in '{connection.Location}'.", [nameof(ConnectorDb)]);
        }

        WriteObject(connection);
    }

    private CdbConnection Connect(ICdbClient client)
    {
        try
        {
            return new CdbConnection(client, Await.Result(client.PingAsync(Cancellation)), TimeProvider.System.GetLocalNow()) { IsNew = Engine.IsNew(client) };
        }
        catch
        {
            Await.Completion(client.DisposeAsync());
            throw;
        }
    }

    private ICdbClient OpenStore() => Engine.Open(
        Path is not null ? FilePath(Path) : IsLogin ? Engine.StoreOf(RunspaceSession.Current.Default) : null,
        As is null ? null : CdbPath.Resolve(As, CdbPathKind.Device, s_owner),
        ApiKey?.Reveal(),
        Credential?.UserName,
        Credential is null ? null : Secret.Reveal(Credential.Password),
        MustExist);

    private ICdbClient OpenServer(Uri url)
    {
        ServerLogin login = new()
        {
            Url = url,
            ApiKey = ApiKey?.Reveal(),
            Credential = Credential is null ? null : new NetworkCredential(Credential.UserName, Credential.Password),
            Proxy = Proxy,
            ProxyCredential = ProxyCredential?.GetNetworkCredential(),
            CertificateAuthority = CertificateAuthority is null ? null : FilePath(CertificateAuthority),
            SkipCertificateCheck = SkipCertificateCheck,
            Timeout = Timeout,
        };
        if (login.IsUnencrypted)
        {
            WriteWarning($"The login to '{url.Host}' is not encrypted, and others on the network can read it. Use https.");
        }

        return Await.Result(new ValueTask<ICdbClient>(Engine.ConnectAsync(login, Cancellation)));
    }
}
