using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the streams of the subscriptions of the runspace; those of the current device by name, too.</summary>
public sealed class SubscribedStreamCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => from subscription in RunspaceSession.Current.Subscriptions
           let stream = subscription.Path.ToStream()
           let text = stream.Parent!.ToString() == subscription.Connection.Identity && !word.Contains('/', StringComparison.Ordinal) ? stream.Name : stream.ToString()
           select new CompletionItem(text, text, $"{subscription}");
}
