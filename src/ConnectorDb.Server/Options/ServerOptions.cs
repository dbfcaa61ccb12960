using ConnectorDb.Core.Polling.Configuration;

namespace ConnectorDb.Server.Options;

/// <summary>
/// The settings of the server. Each is <c>--its-name</c> on the command line, <c>CONNECTORDB_SERVER_ITS_NAME</c> in the
/// environment, and <c>ItsName</c> in the section <c>ConnectorDb</c> of the settings file.
/// </summary>
public sealed class ServerOptions
{
    [Setting("File of the store. Default: the store of the account that runs the server.")]
    public string? Store { get; set; }

    [Setting("Folder of the secrets that encrypt API keys. Default: the folder of the account.")]
    public string? KeyFolder { get; set; }

    [Setting("Addresses to listen at, separated by semicolons. The section Kestrel:Endpoints overrides it.")]
    public string Url { get; set; } = "http://127.0.0.1:3124";

    [Setting("File to which the owner's API key is written at start. Only the account of the server can read it.")]
    public string? OwnerKeyFile { get; set; }

    [Setting("Origins whose pages may call the server from a browser (CORS), separated by spaces. Default: none.")]
    public string Origins { get; set; } = "";

    [Setting("IP addresses of trusted proxies, separated by spaces. Their X-Forwarded-For and X-Forwarded-Proto headers are used.")]
    public string Proxies { get; set; } = "";

    [Setting("Maximum size of a request body in bytes.", Min = 1)]
    public long BodyLimit { get; set; } = 10 << 20;

    [Setting("Seconds by which a datapoint may be ahead of the clock; later ones are refused. Default: no limit.", Min = 0)]
    public long? MaxAhead { get; set; }

    [Setting("Delay of the answer to a failed login, in milliseconds.", Min = 0, Max = 60_000)]
    public int LoginDelay { get; set; } = 300;

    [Setting("Number of failed logins within a minute after which an address is refused for the rest of that minute.", Min = 1)]
    public int LoginFailures { get; set; } = 20;

    [Setting("Number of days a browser stays logged in.", Min = 1, Max = 36_500)]
    public int SessionDays { get; set; } = 120;

    [Setting("Mark session cookies as Secure even when the server itself is reached over http, behind a proxy that ends TLS.")]
    public bool SecureCookies { get; set; }

    [Setting("Maximum number of open websockets.", Min = 0)]
    public int SocketLimit { get; set; } = 10_000;

    [Setting("Maximum number of subscriptions of one websocket.", Min = 0)]
    public int SubscriptionLimit { get; set; } = 1000;

    [Setting("Maximum size of a websocket message in bytes.", Min = 1)]
    public int MessageLimit { get; set; } = 1 << 20;

    [Setting("Configuration file of a poller that runs within the server. Administrators see its items at /items/.")]
    public string? Poll { get; set; }

    [Setting("File of the logger that receives the polled values. Default: the logger that the configuration file names.")]
    public string? PollLogger { get; set; }

    [Setting("Address of the InfluxDB 1 server for the database of an rpdemo configuration.")]
    public string PollInfluxDb { get; set; } = PollFileContext.DefaultInfluxDb;

    [Setting("Let programs on this machine see and change poll items at /items/ without an API key.")]
    public bool LocalItems { get; set; }

    [Setting("The samplers among exec.value, file.value and sql.value that administrators may add at /items/, separated by spaces.")]
    public string ItemSamplers { get; set; } = "";

    [Setting("Minimum level of log entries: Trace, Debug (includes requests), Information, Warning, Error, Critical or None.")]
    public LogLevel? LogLevel { get; set; }

    [Setting("File that receives the log in addition to the console. Only the account of the server can read it (on Windows, administrators too).")]
    public string? LogFile { get; set; }

    [Setting("Size in bytes at which a new log file begins; server.log becomes server.1.log.", Min = 4096)]
    public long LogFileSize { get; set; } = 10 << 20;

    [Setting("Maximum number of log files; the oldest is deleted.", Min = 1)]
    public int LogFiles { get; set; } = 5;

    [Setting("Seconds that running requests may take to finish when the server stops.", Min = 0, Max = 86_400)]
    public int StopPatience { get; set; } = 30;

    [Setting("Stop when standard input ends. For a program that starts the server and should end it.")]
    public bool UntilInputEnds { get; set; }
}
