using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Times and numbers of connections, servers, loggers and pollers as PowerShell sees them: with the same text in every culture.</summary>
public static class StatusProperties
{
    public static object? Opened(PSObject instance) => Of<CdbConnection>(instance, connection => connection.Opened);

    public static object? Created(PSObject instance) => Of<CdbSession>(instance, session => session.Created);

    public static object? LastUsed(PSObject instance) => Of<CdbSession>(instance, session => session.LastUsed);

    public static object? Expires(PSObject instance) => Of<CdbSession>(instance, session => session.Expires);

    public static object? Started(PSObject instance) => Of<CdbServer>(instance, server => server.Started);

    public static object? Registered(PSObject instance) => Of<CdbSubscription>(instance, subscription => subscription.Registered);

    public static object? OldestPending(PSObject instance) => Of<DestinationStatus>(instance, status => status.OldestPending);

    public static object? LastSync(PSObject instance) => Of<CdbLogger>(instance, logger => logger.LastSync);

    public static object? LastSuccess(PSObject instance) => Of<DestinationStatus>(instance, status => status.LastSuccess);

    public static object? NextTry(PSObject instance) => Of<DestinationStatus>(instance, status => status.NextTry);

    public static object? Rate(PSObject instance) => InvariantText.Of((instance?.BaseObject as DestinationStatus)?.Rate);

    public static object? LastValue(PSObject instance)
        => (instance?.BaseObject as PollItemStatus)?.LastValue is { } last && DataValue.TryFromNatural(last, out DataValue value) ? InvariantText.Of(value, last) : null;

    public static object? LastTime(PSObject instance) => Of<PollItemStatus>(instance, status => status.LastTime);

    public static object? NextPoll(PSObject instance) => Of<PollItemStatus>(instance, status => status.NextPoll);

    public static object? LastErrorTime(PSObject instance)
        => Of<PollItemStatus>(instance, status => status.LastErrorTime) ?? Of<DestinationStatus>(instance, status => status.LastErrorTime);

    private static object? Of<T>(PSObject? instance, Func<T, DateTimeOffset?> timeOf)
        => instance?.BaseObject is T owner ? InvariantText.Of(timeOf(owner)) : null;
}
