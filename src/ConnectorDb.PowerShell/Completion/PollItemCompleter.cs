using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the name of a poll item of the poller given, else of the newest that runs here.</summary>
public sealed class PollItemCompleter : CdbCompleter
{
    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
    {
        CdbPoller? poller = (bound["Poller"] is PSObject wrapped ? wrapped.BaseObject : bound["Poller"]) as CdbPoller ?? Session.Current.DefaultPoller;
        return from item in poller?.Items ?? []
               where item.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
               select new Offer(item.Name, item.Name, $"{item.Key} {item.Argument}".TrimEnd());
    }
}
