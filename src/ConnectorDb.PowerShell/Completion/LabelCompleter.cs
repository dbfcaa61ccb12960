using System.Collections;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the labels of the visible streams of this device: keys, and values of a key.</summary>
public sealed class LabelCompleter : CdbCompleter, IHashtableCompleter
{
    private readonly Lookup _lookup = new();

    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at)
        => (Opened<CdbConnection>(at.Bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is not { Identity.Device: not null } client ? []
            : Texts(client, at.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => new CompletionItem(text, text, ""));

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => [];

    private IEnumerable<string> Texts(ICdbClient client, string? key)
        => from stream in _lookup.List(cancellation => client.ListStreamsAsync(client.Identity, cancellation))
           from label in stream.Labels
           where key is null || label.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
           select key is null ? label.Key : label.Value;
}
