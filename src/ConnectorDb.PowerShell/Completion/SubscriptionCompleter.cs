using System.Collections;
using System.Globalization;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the numbers of the subscriptions of the runspace.</summary>
public sealed class SubscriptionCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => from subscription in RunspaceSession.Current.Subscriptions
           let id = subscription.Id.ToString(CultureInfo.InvariantCulture)
           select new CompletionItem(id, $"{subscription}", $"{subscription.Stream} {subscription.Transform}".TrimEnd());
}
