using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the path of a stream, or the parts of a query in a hashtable.</summary>
public sealed class QueryCompleter : PathCompleter, IHashtableCompleter
{
    private readonly TimeCompleter _times = new();

    internal override CdbPathKind Kind => CdbPathKind.Stream;

    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(IReadOnlyList<string> outer, string? key, string word, IDictionary bound) => key?.ToLowerInvariant() switch
    {
        // Names of two letters are those of the protocol, such as t1.
        null => from name in QueryArgument.Keys
                where name.Length > 2
                let shown = char.ToUpperInvariant(name[0]) + name[1..]
                select new CompletionItem(shown, shown, ""),
        "stream" => Paths(word, bound),
        "transform" => TransformCompleter.Of(word),
        "from" or "to" or "since" => _times.Of(word),
        _ => [],
    };
}
