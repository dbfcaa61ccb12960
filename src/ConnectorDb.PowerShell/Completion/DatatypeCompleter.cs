using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes datatypes: those with an input of their own on the page, and those of the streams of the current device.</summary>
public sealed class DatatypeCompleter : CdbCompleter
{
    private static readonly CompletionItem[] s_inputs =
    [
        new("rating.stars", "rating.stars", "Stars on the page of the server"),
        new("log.diary", "log.diary", "A field for long texts on the page of the server"),
    ];

    /// <param name="bound">The values of the parameters, with the connection.</param>
    internal static IEnumerable<CompletionItem> All(IDictionary bound)
    {
        IEnumerable<CompletionItem> used = (Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is { Identity.Device: not null } client
            ? new Lookup().List(cancellation => client.ListStreamsAsync(client.Identity, cancellation)).Where(stream => stream.Datatype.Length > 0).Select(stream => new CompletionItem(stream.Datatype, stream.Datatype, ""))
            : [];
        return [.. s_inputs, .. used];
    }

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => All(bound);
}
