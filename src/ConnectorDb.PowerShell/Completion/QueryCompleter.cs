using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the path of a stream, or the parts of a query in a hashtable.</summary>
public sealed class QueryCompleter : PathCompleter, IHashtableCompleter
{
    private readonly TimeCompleter _times = new();

    internal override CdbPathKind Kind => CdbPathKind.Stream;

    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at) => at.Key?.ToLowerInvariant() switch
    {
        // Names of two letters are those of the protocol, such as t1.
        null => from name in QueryArgument.Keys
                where name.Length > 2
                let shown = char.ToUpperInvariant(name[0]) + name[1..]
                select new CompletionItem(shown, shown, ""),
        "stream" => Paths(at.Word, at.Bound),
        "transform" => TransformCompleter.Of(at.Word, () => TransformCompleter.Members(at.Bound, at.Values["Stream"] ?? at.Values["Merge"])),
        "from" or "to" or "since" => _times.Of(at.Word),
        _ => [],
    };
}
