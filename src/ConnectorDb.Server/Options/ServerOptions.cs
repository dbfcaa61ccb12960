using ConnectorDb.Core.Polling.Configuration;

namespace ConnectorDb.Server.Options;

/// <summary>
/// The settings of the server. Each is <c>--its-name</c> on the command line, <c>CONNECTORDB_SERVER_ITS_NAME</c> in the
/// environment, and <c>ItsName</c> in the section <c>ConnectorDb</c> of the settings file.
/// </summary>
public sealed class ServerOptions
{
    private const int Millisecond = 1;
    private const int Second = 1000;
    private const int Hour = 3600 * Second;
    private const int Day = 24 * Hour;

    [Setting("File of the store, or address of a PostgreSQL database, such as postgres://user@host/connectordb. Default: the store of the account that runs the server.")]
    public string? Store { get; set; }

    [Setting("Folder of the secrets that encrypt API keys. Default: the folder of the account.")]
    public string? KeyFolder { get; set; }

    [Setting("Addresses to listen at, separated by semicolons. The section Kestrel:Endpoints overrides it.")]
    public string Url { get; set; } = "http://127.0.0.1:3124";

    [Setting("File to which the owner's API key is written at start. Only the account of the server can read it.")]
    public string? OwnerKeyFile { get; set; }

    [Setting("Serve no page for browsers at /.")]
    public bool NoWeb { get; set; }

    [Setting("Make a link at start that logs a browser of this machine in as the owner, once and within five minutes, and write it to the log or the program that started the server.")]
    public bool LoginLink { get; set; }

    [Setting("Origins whose pages may call the server from a browser (CORS), separated by spaces. Default: none.")]
    public string Origins { get; set; } = "";

    [Setting("IP addresses of trusted proxies, separated by spaces. Their headers X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Prefix are used.")]
    public string Proxies { get; set; } = "";

    [Setting("Maximum size of a request body in bytes.", Min = 1)]
    public long BodyLimit { get; set; } = 10 << 20;

    [Setting("Maximum size in bytes of the request bodies of one user that are in progress at the same time. Others wait; after ten seconds they are answered with 429.", Min = 1)]
    public long CallerBodiesLimit { get; set; } = 32 << 20;

    [Setting("Maximum size in bytes of all request bodies that are in progress at the same time. Others wait; after ten seconds they are answered with 503.", Min = 1)]
    public long BodiesLimit { get; set; } = 128 << 20;

    [Setting("Seconds in which a request body must arrive; slower ones are answered with 408.", Unit = Second, Min = 1, Max = 86_400)]
    public int BodySeconds { get; set; } = 300;

    [Setting("Maximum number of open connections, websockets included.", Min = 1)]
    public int ConnectionLimit { get; set; } = 12_000;

    [Setting("Maximum number of open connections of one address (IPv6: of one /64 network). Trusted proxies have no such limit.", Min = 1)]
    public int AddressConnectionLimit { get; set; } = 4096;

    [Setting("Seconds by which a datapoint may be ahead of the clock; later ones are refused. Default: no limit.", Unit = Second, Min = 0)]
    public long? MaxAhead { get; set; }

    [Setting("Delay of the answer to a failed login, in milliseconds.", Unit = Millisecond, Min = 0, Max = 60_000)]
    public int LoginDelay { get; set; } = 300;

    [Setting("Number of failed logins within a minute after which an address is refused for the rest of that minute.", Min = 1)]
    public int LoginFailures { get; set; } = 20;

    [Setting("Let callers without a login read what is public: public users, their public devices, and the streams of these.")]
    public bool PublicReading { get; set; }

    [Setting("Seconds that one query of a caller without a login may compute.", Unit = Second, Min = 1, Max = 86_400)]
    public int PublicQuerySeconds { get; set; } = 10;

    [Setting("Maximum memory in bytes that one query of a caller without a login may take.", Min = 1 << 20)]
    public long PublicQueryMemory { get; set; } = 32 << 20;

    [Setting("Maximum memory in bytes that all running queries of callers without a login may take together.", Min = 1 << 20)]
    public long PublicMemory { get; set; } = 128 << 20;

    [Setting("Maximum number of queries of callers without a login that compute at the same time; further ones wait. Default: half of the number of processors.", Min = 1)]
    public int? PublicQueries { get; set; }

    [Setting("Maximum number of queries of callers without a login that have begun and not ended, those that wait included.", Min = 1)]
    public int PublicOpenQueries { get; set; } = 100;

    [Setting("Maximum number of devices of a user, besides its built-in ones.", Min = 1)]
    public int DeviceLimit { get; set; } = 10_000;

    [Setting("Maximum number of streams of a device.", Min = 1)]
    public int StreamLimit { get; set; } = 200_000;

    [Setting("Maximum number of open subscriptions of a device, over all its websockets.", Min = 1)]
    public int DeviceSubscriptionLimit { get; set; } = 10_000;

    [Setting("Maximum number of characters of the schema of a stream.", Min = 100)]
    public int SchemaLimit { get; set; } = 100_000;

    [Setting("Number of failed passwords of an account after which the next attempt has to wait: a second, then twice as long each time, up to five minutes. API keys and sessions are not affected.", Min = 1, Max = 1_000_000)]
    public int AccountFailures { get; set; } = 5;

    [Setting("Number of days after which a browser has to log in again.", Unit = Day, Min = 1, Max = 36_500)]
    public int SessionDays { get; set; } = 30;

    [Setting("Number of hours after which the session of a browser ends that sends no request and has no websocket open.", Unit = Hour, Min = 1, Max = 876_000)]
    public int SessionIdleHours { get; set; } = 168;

    [Setting("Mark session cookies as Secure even when the server itself is reached over http, behind a proxy that ends TLS.")]
    public bool SecureCookies { get; set; }

    [Setting("Number of days for which browsers that reached the server over TLS use nothing else at this host name (HSTS, RFC 6797). 0 does not ask for it.", Unit = Day, Min = 0, Max = 36_500)]
    public int HstsDays { get; set; } = 365;

    [Setting("Maximum number of open websockets.", Min = 0)]
    public int SocketLimit { get; set; } = 10_000;

    [Setting("Maximum number of subscriptions of one websocket.", Min = 0)]
    public int SubscriptionLimit { get; set; } = 1000;

    [Setting("Maximum size of a websocket message in bytes.", Min = 1)]
    public int MessageLimit { get; set; } = 1 << 20;

    [Setting("Seconds after which a websocket is closed whose client does not read what is sent to it.", Unit = Second, Min = 1, Max = 86_400)]
    public int ReaderPatience { get; set; } = 60;

    [Setting("Maximum memory in bytes that one query may take for its values and its state.", Min = 1 << 20)]
    public long QueryMemory { get; set; } = 256 << 20;

    [Setting("Maximum size in bytes of one value that a transform makes.", Min = 1 << 10)]
    public long QueryValueSize { get; set; } = 32 << 20;

    [Setting("Maximum number of streams that one query reads, and of columns of a dataset.", Min = 1)]
    public int QueryStreams { get; set; } = 10_000;

    [Setting("Maximum number of datapoints or rows that one query returns.", Min = 1)]
    public long QueryRows { get; set; } = 100_000_000;

    [Setting("Maximum size in bytes of the response of one query. The datapoints of a stream without a transform have no such limit.", Min = 1 << 10)]
    public long QueryResponse { get; set; } = 1 << 30;

    [Setting("Seconds that one query may compute, without the time in which it waits for its client.", Unit = Second, Min = 1, Max = 86_400)]
    public int QuerySeconds { get; set; } = 300;

    [Setting("Maximum memory in bytes that all running queries of a user may take together.", Min = 1 << 20)]
    public long UserMemory { get; set; } = 512 << 20;

    [Setting("Maximum memory in bytes that all running queries of all users, and of callers without a login, may take together; further ones are answered with 503. An eighth more is for small ones.", Min = 1 << 20)]
    public long QueriesMemory { get; set; } = 1 << 30;

    [Setting("Maximum number of queries of a user that compute at the same time; further ones wait. Default: the number of processors.", Min = 1)]
    public int? UserQueries { get; set; }

    [Setting("Maximum number of queries of a user that have begun and not ended, those that wait included.", Min = 1)]
    public int UserOpenQueries { get; set; } = 1000;

    [Setting("IP address and port, such as 127.0.0.1:8089, for points in InfluxDB's line protocol in UDP datagrams, as collectd sends them. They need no login. Default: none are received.")]
    public string? UdpAddress { get; set; }

    [Setting("Device whose streams get the points of datagrams, such as me/collectd.")]
    public string? UdpDevice { get; set; }

    [Setting("Database of the points of datagrams.")]
    public string UdpDatabase { get; set; } = "udp";

    [Setting("Unit of the times in datagrams: ns, us, ms, s, m or h. collectd sends ms.")]
    public string UdpPrecision { get; set; } = "ns";

    [Setting("Configuration file of a poller that runs within the server. Administrators see its items at /items/.")]
    public string? Poll { get; set; }

    [Setting("File of the logger that receives the polled values. Default: the logger that the configuration file names.")]
    public string? PollLogger { get; set; }

    [Setting("Address of the InfluxDB 1 server for the database of an rpdemo configuration.")]
    public string PollInfluxDb { get; set; } = PollFileContext.DefaultInfluxDb;

    [Setting("Let programs on this machine see and change poll items at /items/ without an API key.")]
    public bool LocalItems { get; set; }

    [Setting("The samplers among exec.value, file.value, http.json, journal, mqtt, script, serial.line, snmp.get and sql.value that administrators may add at /items/, separated by spaces.")]
    public string ItemSamplers { get; set; } = "";

    [Setting("Show the names of poll items at /metrics to everyone, and not only to administrators.")]
    public bool ItemMetrics { get; set; }

    [Setting("Minimum level of log entries: Trace, Debug (includes requests), Information, Warning, Error, Critical or None.")]
    public LogLevel? LogLevel { get; set; }

    [Setting("File that receives the log in addition to the console. Only the account of the server can read it (on Windows, administrators too).")]
    public string? LogFile { get; set; }

    [Setting("Size in bytes at which a new log file begins; server.log becomes server.1.log.", Min = 4096)]
    public long LogFileSize { get; set; } = 10 << 20;

    [Setting("Maximum number of log files; the oldest is deleted.", Min = 1)]
    public int LogFiles { get; set; } = 5;

    [Setting("Seconds that running requests may take to finish when the server stops.", Unit = Second, Min = 0, Max = 86_400)]
    public int StopPatience { get; set; } = 30;

    [Setting("Stop when standard input ends. For a program that starts the server and should end it.")]
    public bool UntilInputEnds { get; set; }
}
