using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
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
    [NonEmpty]
    [Alias("ConnectionString")]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = IdentitySet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = CredentialSet)]
    public SwitchParameter MustExist { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = IdentitySet)]
    [NonEmpty]
    [PathArgument(CdbPathKind.Device)]
    [ArgumentCompleter(typeof(IdentityCompleter))]
    public string? As { get; set => field = OfSet(value); }

    [Parameter(Position = 0, ParameterSetName = ServerSet, Mandatory = true)]
    [Parameter(Position = 0, ParameterSetName = ServerKeySet, Mandatory = true)]
    [Parameter(Position = 0, ParameterSetName = ServerCredentialSet, Mandatory = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(UrlCompleter))]
    public Uri? Url
    {
        get;
        set
        {
            // Without a name, null is bound here and not to the path.
            if (value is null)
            {
                Refuse("The path or address is null. Check that its variable exists and has a value, or omit it for the store of this account.", value);
            }

            field = OfSet(value);
        }
    }

    [Parameter(ParameterSetName = KeySet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerKeySet, Mandatory = true)]
    [SecretArgument]
    [NonNull]
    public SecretText? ApiKey { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    [Parameter(ParameterSetName = ServerCredentialSet, Mandatory = true)]
    [Credential]
    public PSCredential? Credential { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [NonNull]
    public Uri? Proxy { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [Credential]
    public PSCredential? ProxyCredential { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? CertificateAuthority { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    public SwitchParameter SkipCertificateCheck { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ServerSet)]
    [Parameter(ParameterSetName = ServerKeySet)]
    [Parameter(ParameterSetName = ServerCredentialSet)]
    [DurationArgument(IsTimeout = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set => field = OfSet(value); } = TimeSpan.FromSeconds(100);

    /// <summary>Leaves the default connection of the runspace as it is.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    private bool IsLogin => (As, ApiKey, Credential) is not (null, null, null);

    protected override void Begin()
    {
        if ((Url ?? AddressOf(Path)) is { } address)
        {
            WriteObject(Add(Connect(OpenServer(address))));
            return;
        }

        string? path = Path is not null ? StorePath(Path) : IsLogin ? Engine.StoreOf(RunspaceSession.Current.Default) : null;
        string? folder = Engine.FolderToCreate(path);
        bool isEmpty = Engine.IsEmpty(path);
        CdbConnection connection = Add(Connect(OpenStore(path)));
        if (connection.IsNew)
        {
            ReportMade(Engine.Made(connection.Location, folder, isEmpty), isEmpty || (folder is not null && Path is not null), "If you meant another store, check the path; -MustExist refuses a missing one.");
        }

        WriteObject(connection);
    }

    /// <summary>Adds the connection to the runspace, as the default.</summary>
    private CdbConnection Add(CdbConnection connection)
    {
        RunspaceSession session = RunspaceSession.Current;
        session.Add(connection);
        WriteVerbose($"Connected to {connection.Location} as {connection.Identity}, version {connection.Version}.");
        if (!NoDefault)
        {
            if (session.Default is { } before && (before.Location, before.Identity) != (connection.Location, connection.Identity))
            {
                WriteWarning($"Cmdlets without -Connection now use {connection}. Before, they used {before}, which stays open. Select-CdbConnection {before.Id} switches back; Connect-Cdb -NoDefault does not change the default.");
            }

            session.Select(connection);
        }

        return connection;
    }

    /// <summary>The address of a server that was given in the place of a path; null for a path.</summary>
    /// <exception cref="InvalidValueException">It begins as an address, but not as one of a server, nor with the drive of a file.</exception>
    private Uri? AddressOf(string? path)
    {
        if (Engine.IsDatabase(path))
        {
            return null;
        }

        if (path?.IndexOf(":/", StringComparison.Ordinal) is > 1 and var end && path[..end].All(char.IsAsciiLetterOrDigit)
            && !path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !SessionState.Drive.GetAll().Any(drive => drive.Name.Equals(path[..end], StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidValueException($"'{path}' is neither the address of a server, which begins with http:// or https://, nor the path of a file: there is no drive '{path[..end]}'.", path);
        }

        if (!Uri.TryCreate(path, UriKind.Absolute, out Uri? address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        return MustExist || As is not null
            ? throw new InvalidValueException($"-{(As is null ? nameof(MustExist) : nameof(As))} is for a store in a file, and '{address}' is a server. Omit it, and log in with -ApiKey or -Credential.", address)
            : address;
    }

    private CdbConnection Connect(ICdbClient client)
    {
        try
        {
            return new CdbConnection(client, Await.Result(client.PingAsync(Cancellation)), TimeProvider.System.GetLocalNow()) { IsNew = client.IsNew };
        }
        catch
        {
            Await.Completion(client.DisposeAsync());
            throw;
        }
    }

    private ICdbClient OpenStore(string? path) => Engine.Open(
        path,
        As is null ? null : CdbPath.Resolve(As, CdbPathKind.Device, s_owner),
        ApiKey?.Reveal(),
        Credential?.UserName,
        Credential is null ? null : Secret.Reveal(Credential.Password),
        MustExist);

    private ICdbClient OpenServer(Uri url)
    {
        ICdbClient client = OpenServer(url, Credential == PSCredential.Empty ? null : Credential);
        if (ApiKey is not null || Credential is not null || client.Identity.Device is not null)
        {
            return client;
        }

        if (AskForCredential(url) is { } credential)
        {
            Await.Completion(client.DisposeAsync());
            return OpenServer(url, credential);
        }

        WriteWarning($"Nobody is logged in to '{url}': this connection sees only what the server shows to everyone. Log in with -Credential or -ApiKey; -Credential ([pscredential]::Empty) means nobody.");
        return client;
    }

    /// <summary>Asks the user; returns null when there is no user to ask, and for an empty user name.</summary>
    private PSCredential? AskForCredential(Uri url)
    {
        // The console would take lines of a script that is piped to it for the answer.
        if (Host.Name == "ConsoleHost" && Console.IsInputRedirected)
        {
            return null;
        }

        try
        {
            return Host.UI?.PromptForCredential($"Log in to '{url}'", "Give user and password. An empty user connects as nobody.", "", "");
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // Hosts without a user, such as those of jobs and services, refuse with exceptions of many kinds.
            return null;
        }
    }

    private ICdbClient OpenServer(Uri url, PSCredential? credential)
    {
        ServerLogin login = new()
        {
            Url = url,
            ApiKey = ApiKey?.Reveal(),
            Credential = credential is null ? null : new NetworkCredential(credential.UserName, credential.Password),
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
