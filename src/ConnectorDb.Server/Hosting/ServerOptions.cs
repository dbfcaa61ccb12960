using ConnectorDb.Core.Polling.Configuration;

namespace ConnectorDb.Server.Hosting;

/// <summary>
/// What an administrator decides. Each setting is <c>--its-name</c> on the command line, <c>CONNECTORDB_SERVER_ITS_NAME</c> in the
/// environment, and <c>ItsName</c> in the section <c>ConnectorDb</c> of the settings file.
/// </summary>
public sealed class ServerOptions
{
    [Setting("The file of the store; without it, the store of the account that the server runs as.")]
    public string? Store { get; set; }

    [Setting("Where the secrets lie that API keys are sealed with; without it, the account's own folder.")]
    public string? KeyFolder { get; set; }

    [Setting("Where to listen; several addresses are separated by semicolons. Kestrel's own section Kestrel:Endpoints takes its place.")]
    public string Url { get; set; } = "http://127.0.0.1:3124";

    [Setting("A file to write the API key of the owner to at start, readable by the account of the server only.")]
    public string? OwnerKeyFile { get; set; }

    [Setting("The origins whose pages may call the server from a browser, separated by blanks; empty for none.")]
    public string Origins { get; set; } = "";

    [Setting("The addresses of proxies in front of the server, separated by blanks: what they say of the caller's address and of https is believed.")]
    public string Proxies { get; set; } = "";

    [Setting("The most bytes that the body of a request may have.", Least = 1)]
    public long BodyLimit { get; set; } = 10 << 20;

    [Setting("Milliseconds that a failed login takes.", Least = 0, Most = 60_000)]
    public int LoginDelay { get; set; } = 300;

    [Setting("Failed logins from one address within a minute after which it is refused for the rest of it.", Least = 1)]
    public int LoginFailures { get; set; } = 20;

    [Setting("Days that a browser stays logged in.", Least = 1, Most = 36_500)]
    public int SessionDays { get; set; } = 120;

    [Setting("Give session cookies to https only, also where a proxy ends the TLS and the server itself sees http.")]
    public bool SecureCookies { get; set; }

    [Setting("The most websockets at once.", Least = 0)]
    public int SocketLimit { get; set; } = 10_000;

    [Setting("The most subscriptions that a websocket may have.", Least = 0)]
    public int SubscriptionLimit { get; set; } = 1000;

    [Setting("The most bytes that a message on a websocket may have.", Least = 1)]
    public int MessageLimit { get; set; } = 1 << 20;

    [Setting("The configuration file of a poller that runs within the server. Its items are at /items/, for administrators.")]
    public string? Poll { get; set; }

    [Setting("The file of the logger that polled values go to; the one that the configuration says without it.")]
    public string? PollLogger { get; set; }

    [Setting("The InfluxDB of version 1 that the database of an rpdemo configuration lies in.")]
    public string PollInfluxDb { get; set; } = PollFileContext.DefaultInfluxDb;

    [Setting("Let programs of this machine see and change what is polled, at /items/, without a key.")]
    public bool LocalItems { get; set; }

    [Setting("The samplers among exec.value, file.value and sql.value that administrators may add at /items/, separated by blanks.")]
    public string ItemSamplers { get; set; } = "";

    [Setting("The least grave of what is logged: Trace, Debug (requests too), Information, Warning, Error, Critical or None.")]
    public LogLevel? LogLevel { get; set; }

    [Setting("A file that gets what is logged, beside the console, readable by the account of the server only.")]
    public string? LogFile { get; set; }

    [Setting("Bytes after which a new log file is begun: server.log becomes server.1.log.", Least = 4096)]
    public long LogFileSize { get; set; } = 10 << 20;

    [Setting("How many log files there are at most; the oldest is deleted.", Least = 1)]
    public int LogFiles { get; set; } = 5;

    [Setting("Seconds that requests get to finish when the server stops.", Least = 0, Most = 86_400)]
    public int StopPatience { get; set; } = 30;

    [Setting("Serve until standard input ends, as for a program that starts the server and ends with it.")]
    public bool UntilInputEnds { get; set; }
}
