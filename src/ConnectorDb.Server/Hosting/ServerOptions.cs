using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Hosting;

/// <summary>
/// What an administrator decides. Each setting is <c>--its-name</c> on the command line, <c>CONNECTORDB_SERVER_ITS_NAME</c> in the
/// environment, and <c>ItsName</c> in the section <c>ConnectorDb</c> of the settings file.
/// </summary>
public sealed class ServerOptions
{
    /// <summary>The file of the store; null for the store of the account that the server runs as.</summary>
    public string? Store { get; set; }

    /// <summary>Where the secrets lie that API keys are sealed with; null for the account's own folder.</summary>
    public string? KeyFolder { get; set; }

    /// <summary>Where to listen; several addresses are separated by semicolons. Kestrel's own section <c>Kestrel:Endpoints</c> takes its place.</summary>
    public string Url { get; set; } = "http://127.0.0.1:3124";

    /// <summary>A file to write the API key of the owner to at start, readable by the account of the server only.</summary>
    public string? OwnerKeyFile { get; set; }

    /// <summary>The origins whose pages may call the server from a browser, separated by blanks; empty for none.</summary>
    public string Origins { get; set; } = "";

    /// <summary>The addresses of proxies in front of the server, separated by blanks: what they say of the caller's address and of https is believed.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>The most bytes that the body of a request may have.</summary>
    public long BodyLimit { get; set; } = 10 << 20;

    /// <summary>Milliseconds that a failed login takes.</summary>
    public int LoginDelay { get; set; } = 300;

    /// <summary>Failed logins from one address within a minute after which it is refused for the rest of it.</summary>
    public int LoginFailures { get; set; } = 20;

    /// <summary>Days that a browser stays logged in.</summary>
    public int SessionDays { get; set; } = 120;

    /// <summary>Give session cookies to https only, also where a proxy ends the TLS and the server itself sees http.</summary>
    public bool SecureCookies { get; set; }

    /// <summary>The most websockets at once.</summary>
    public int SocketLimit { get; set; } = 10_000;

    /// <summary>The most subscriptions that a websocket may have.</summary>
    public int SubscriptionLimit { get; set; } = 1000;

    /// <summary>The most bytes that a message on a websocket may have.</summary>
    public int MessageLimit { get; set; } = 1 << 20;

    /// <summary>The configuration file of a poller that runs within the server; null for none.</summary>
    public string? Poll { get; set; }

    /// <summary>The file of the logger that polled values go to; null for the one that the configuration names.</summary>
    public string? PollLogger { get; set; }

    /// <summary>The InfluxDB of version 1 that the database of an rpdemo configuration lies in.</summary>
    public string PollInfluxDb { get; set; } = PollFileContext.DefaultInfluxDb;

    /// <summary>Let programs of this machine see and change what is polled, at <c>/items/</c>, without a key; see <see cref="LocalRequest"/>.</summary>
    public bool LocalItems { get; set; }

    /// <summary>The samplers among exec.value, file.value and sql.value that administrators may add at <c>/items/</c>, separated by blanks; empty for none.</summary>
    public string ItemSamplers { get; set; } = "";

    /// <summary>The least grave of what is logged; null for what the settings files of the framework say, which is Information.</summary>
    public LogLevel? LogLevel { get; set; }

    /// <summary>A file that gets what is logged, beside the console, readable by the account of the server only; null for none.</summary>
    public string? LogFile { get; set; }

    /// <summary>Bytes after which a new log file is begun.</summary>
    public long LogFileSize { get; set; } = 10 << 20;

    /// <summary>How many log files there are at most.</summary>
    public int LogFiles { get; set; } = 5;

    /// <summary>Seconds that requests get to finish when the server stops.</summary>
    public int StopPatience { get; set; } = 30;

    /// <summary>Serve until standard input ends, as for a program that starts the server and ends with it; see <see cref="InputLifetime"/>.</summary>
    public bool UntilInputEnds { get; set; }
}
