using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the paths of users, devices and streams, complete or relative; of one kind if <c>-Kind</c> is given.</summary>
public class NodeCompleter : CdbCompleter
{
    private readonly PathCompleter[] _kinds = [new StreamCompleter(), new DeviceCompleter(), new UserCompleter()];

    /// <summary>The kinds of nodes that the argument can be.</summary>
    private protected virtual bool CanBe(CdbPathKind kind) => true;

    private protected sealed override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        bool hasKind = bound["Kind"] is not null & LanguagePrimitives.TryConvertTo(bound["Kind"], out CdbPathKind only);
        CompletionItem[] all = [.. _kinds.Where(each => CanBe(each.Kind) && (!hasKind || each.Kind == only)).SelectMany(each => each.Paths(word, bound))];
        HashSet<string> texts = [.. all.Select(item => item.Text)];

        // An owner can be the argument itself. The user types the slash after it.
        return all.Where(item => !item.Text.EndsWith('/') || !texts.Contains(item.Text[..^1]));
    }
}
