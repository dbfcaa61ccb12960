using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="ICdbClient.SubscribeAsync"/>
    public ISubscription Subscribe(Login login, SubscriptionQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.FromIndex < 0
            ? throw new InvalidRangeException($"A subscription to '{query.Stream}' cannot begin at index {query.FromIndex}. Count from the start of the stream, or leave the index out to begin with what comes next.", query.Stream)
            : Subscription.Open(_store, _notifier, login, query, cancellation);
    }
}
