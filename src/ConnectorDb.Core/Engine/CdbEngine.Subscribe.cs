using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="ICdbClient.SubscribeAsync"/>
    public ISubscription Subscribe(Login login, SubscriptionQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        return Subscription.Open(_store, _notifier, login, query, token => BudgetOf(login, token), cancellation);
    }
}
