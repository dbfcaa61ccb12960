using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of poll items of the given poller, else of the newest poller of the runspace.</summary>
public sealed class PollItemCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => from item in (Bound<CdbPoller>(bound, "Poller") ?? RunspaceSession.Current.DefaultPoller)?.Items ?? []
           select new CompletionItem(item.Name, item.Name, $"{item.Key} {item.Argument}".TrimEnd());
}
