namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>The state of a subscription.</summary>
public enum CdbSubscriptionState
{
    /// <summary>The action runs for each new datapoint.</summary>
    Running,

    /// <summary>The server does not respond. The subscription continues where it stopped as soon as it does.</summary>
    Reconnecting,

    /// <summary>It was unregistered, its connection was closed, or its stream is deleted or no longer readable.</summary>
    Ended,
}
