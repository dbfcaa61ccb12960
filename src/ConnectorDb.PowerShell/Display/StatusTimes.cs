using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Times of connections, servers, loggers and pollers as PowerShell sees them: in the Gregorian calendar in every culture.</summary>
public static class StatusTimes
{
    public static object? Opened(PSObject instance) => Of<CdbConnection>(instance, connection => connection.Opened);

    public static object? Started(PSObject instance) => Of<CdbServer>(instance, server => server.Started);

    public static object? Registered(PSObject instance) => Of<CdbSubscription>(instance, subscription => subscription.Registered);

    public static object? OldestPending(PSObject instance) => Of<DestinationStatus>(instance, status => status.OldestPending);

    public static object? LastSuccess(PSObject instance) => Of<DestinationStatus>(instance, status => status.LastSuccess);

    public static object? NextTry(PSObject instance) => Of<DestinationStatus>(instance, status => status.NextTry);

    public static object? LastTime(PSObject instance) => Of<PollItemStatus>(instance, status => status.LastTime);

    public static object? NextPoll(PSObject instance) => Of<PollItemStatus>(instance, status => status.NextPoll);

    public static object? LastErrorTime(PSObject instance)
        => Of<PollItemStatus>(instance, status => status.LastErrorTime) ?? Of<DestinationStatus>(instance, status => status.LastErrorTime);

    private static object? Of<T>(PSObject? instance, Func<T, DateTimeOffset?> timeOf)
        => instance?.BaseObject is T owner ? InvariantText.Of(timeOf(owner)) : null;
}
