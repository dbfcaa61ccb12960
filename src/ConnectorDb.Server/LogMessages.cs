using System.Net;

namespace ConnectorDb.Server;

/// <summary>The messages in the log of the server.</summary>
/// <remarks>The generator of .NET 10 writes classes in a random order, so all messages are in this one: the same sources give the same assembly.</remarks>
internal static partial class LogMessages
{
    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    public static partial void DoesNotStart(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Information, "There was no store '{Store}', or its file was empty, so a new one was made.")]
    public static partial void NewStore(this ILogger log, string store);

    [LoggerMessage(LogLevel.Information, "Serving the store '{Store}' at {Address}.")]
    public static partial void Serving(this ILogger log, string store, string address);

    [LoggerMessage(LogLevel.Warning, "Other machines can reach {Address} without TLS, and anyone on the network can read passwords and API keys. Listen on https (see Kestrel:Endpoints and Kestrel:Certificates), or on 127.0.0.1 behind a proxy with TLS.")]
    public static partial void NotEncrypted(this ILogger log, string address);

    [LoggerMessage(LogLevel.Information, "No user of this store has a password yet. Set one for the owner: Connect-Cdb -Path '{Store}'; Set-CdbUser {Owner} -Password (Read-Host -AsSecureString). Or use --owner-key-file to get the owner's API key in a file, or --login-link for a link to the page.")]
    public static partial void NoPasswords(this ILogger log, string owner, string store);

    [LoggerMessage(LogLevel.Information, "To log in as the owner, open {Link} in a browser on this machine within five minutes. It works once.")]
    public static partial void LoginLink(this ILogger log, string link);

    [LoggerMessage(LogLevel.Information, "The API key of '{Owner}' is in the file '{File}'. Keep the file secret, or delete it.")]
    public static partial void KeyWritten(this ILogger log, string owner, string file);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path}{Query} was answered with {Status} in {Milliseconds} ms.")]
    public static partial void RequestAnswered(this ILogger log, string method, string path, string query, int status, double milliseconds);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed with {Status} ({Reference}).")]
    public static partial void RequestFailed(this ILogger log, string method, string path, int status, string reference, Exception error);

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} was refused with {Status}: {Message} ({Reference})")]
    public static partial void RequestDelayed(this ILogger log, string method, string path, int status, string message, string reference);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} was refused with {Status}: {Message} ({Reference})")]
    public static partial void RequestRefused(this ILogger log, string method, string path, int status, string message, string reference);

    [LoggerMessage(LogLevel.Warning, "A login by {Kind} from {Address} failed.")]
    public static partial void LoginFailed(this ILogger log, string kind, IPAddress? address);

    [LoggerMessage(LogLevel.Information, "Datagrams in line protocol at {Address} are stored in streams of '{Device}'.")]
    public static partial void TakesDatagrams(this ILogger log, EndPoint address, string device);

    [LoggerMessage(LogLevel.Warning, "Other machines can send datagrams to {Address} without a login, and write to streams of '{Device}'. Let a firewall pass only those that should, or listen at 127.0.0.1.")]
    public static partial void DatagramsFromOthers(this ILogger log, EndPoint address, string device);

    [LoggerMessage(LogLevel.Warning, "Points that came as datagrams at {Address} were not stored: {Count}. {Reason}")]
    public static partial void DatagramsRefused(this ILogger log, long count, EndPoint address, string reason);

    [LoggerMessage(LogLevel.Information, "Polling into the logger '{Logger}', which sends to {Destinations}. Items: {Count}.")]
    public static partial void Polls(this ILogger log, int count, string logger, string destinations);

    [LoggerMessage(LogLevel.Information, "Another server of this store polls. This one begins when that one ends.")]
    public static partial void WaitsForPolling(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "The connection to the database broke, so that another server may poll. Polling stops here until no other server polls.")]
    public static partial void LosesPolling(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "Polling cannot begin here, and is tried again in a second: {Error}")]
    public static partial void PollingFails(this ILogger log, string error);

    [LoggerMessage(LogLevel.Warning, "The logger '{Logger}' also sends to '{Destination}', which the configuration does not contain. To stop that: New-CdbLogger '{Logger}' | Set-CdbLogger -RemoveSink '{Destination}'.")]
    public static partial void OtherSink(this ILogger log, string logger, string destination);

    [LoggerMessage(LogLevel.Warning, "The poll item '{Item}' cannot be measured: {Error}")]
    public static partial void ItemFails(this ILogger log, string item, string error);

    [LoggerMessage(LogLevel.Information, "The poll item '{Item}' can be measured again.")]
    public static partial void ItemRecovered(this ILogger log, string item);

    [LoggerMessage(LogLevel.Warning, "Cannot send to '{Destination}': {Error} Entries that are kept and will be sent later: {Pending}.")]
    public static partial void CannotSend(this ILogger log, string destination, string error, long pending);

    [LoggerMessage(LogLevel.Information, "'{Destination}' accepts entries again.")]
    public static partial void SendsAgain(this ILogger log, string destination);

    [LoggerMessage(LogLevel.Warning, "'{Destination}' has refused entries, which are set aside: {Count}. Get-CdbLogger -SetAside lists them with the reasons.")]
    public static partial void EntriesRefused(this ILogger log, string destination, long count);

    [LoggerMessage(LogLevel.Error, "Entries for '{Destination}' were damaged in the file of the logger and are lost: {Count}. Check the disk for errors.")]
    public static partial void EntriesDamaged(this ILogger log, string destination, long count);

    [LoggerMessage(LogLevel.Warning, "The logger refuses values of the poll item '{Item}', and they are dropped: {Reason}")]
    public static partial void ValueRefused(this ILogger log, string item, string reason);

    [LoggerMessage(LogLevel.Error, "Polled values cannot be written to the logger and are kept in memory: {Error}")]
    public static partial void CannotWrite(this ILogger log, string error);

    [LoggerMessage(LogLevel.Information, "Polled values are written to the logger again.")]
    public static partial void WritesAgain(this ILogger log);
}
