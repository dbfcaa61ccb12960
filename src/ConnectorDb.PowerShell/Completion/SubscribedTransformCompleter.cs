using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the transforms of the subscriptions of the runspace.</summary>
public sealed class SubscribedTransformCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => RunspaceSession.Current.Subscriptions
            .Where(subscription => !string.IsNullOrEmpty(subscription.Transform))
            .Select(subscription => new CompletionItem(subscription.Transform!, subscription.Transform!, $"{subscription}"));
}
