using System.Collections;
using System.Globalization;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the numbers of sessions of browsers.</summary>
public sealed class SessionCompleter : CdbCompleter
{
    private readonly Lookup _lookup = new();

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => (Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is { } client
            ? _lookup.List(cancellation => client.ListSessionsAsync(null, cancellation)).Select(Item)
            : [];

    private static CompletionItem Item(CdbSession session)
    {
        string id = session.Id.ToString(CultureInfo.InvariantCulture);
        return new CompletionItem(id, $"{id} {session.Device}", $"{session.Device} {session.Address} {session.Agent}".TrimEnd());
    }
}
