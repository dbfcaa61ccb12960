using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the labels of the visible streams of this user: keys, and values of a key.</summary>
public sealed class LabelCompleter : CdbCompleter, IHashtableCompleter
{
    private readonly Lookup _lookup = new();

    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at)
        => Labels(at.Bound).Where(label => at.Key is null || label.Key.Equals(at.Key, StringComparison.OrdinalIgnoreCase))
            .Select(label => at.Key is null ? label.Key : label.Value)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => new CompletionItem(text, text, ""));

    // One label, in the form of a text, which needs no braces.
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => Labels(bound).Select(label => new LabelSet([label]).ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => new CompletionItem(text, text, ""));

    private IEnumerable<KeyValuePair<string, string>> Labels(IDictionary bound)
    {
        if ((Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is not { Identity.Device: not null } client)
        {
            return [];
        }

        // The time for a key press may be over before the last device.
        CdbPath[] others = [.. _lookup.List(cancellation => client.ListDevicesAsync(CdbPath.ForUser(client.Identity.User), cancellation)).Select(device => device.GetPath()).Where(path => path != client.Identity)];
        return new[] { client.Identity }.Concat(others)
            .SelectMany(device => _lookup.List(cancellation => client.ListStreamsAsync(device, cancellation)))
            .SelectMany(stream => stream.Labels);
    }
}
