using System.Collections;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of poll items: of the file of <c>-Path</c>, of the given poller, else of the newest poller of the runspace.</summary>
public sealed class PollItemCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => bound["Path"] is { } file
            ? PollEngine.Read(CallerState.Current.Path.GetUnresolvedProviderPathFromPSPath($"{file}")).Select(Item)
            : from status in (Opened<CdbPoller>(bound, "Poller") ?? RunspaceSession.Current.DefaultPoller)?.Items ?? []
              select Item(status.Item);

    private static CompletionItem Item(PollItem item) => new(item.Name, item.Name, $"{item.Key} {item.Argument}".TrimEnd());
}
