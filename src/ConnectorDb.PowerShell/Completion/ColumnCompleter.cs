using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the columns of a dataset: the stream, and after the colon the interpolator; or the parts of a column in a hashtable.</summary>
public sealed class ColumnCompleter : CdbCompleter, IHashtableCompleter
{
    private readonly QueryCompleter _queries = new();

    private static IEnumerable<CompletionItem> Interpolators(string before)
        => Engine.Interpolators.Select(interpolator => new CompletionItem(before + interpolator.Name, interpolator.Name, interpolator.Description));

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? _queries.Paths(word, bound) : Interpolators(word[..(colon + 1)]);
    }

    // The outermost hashtable has the columns by their names, which the user chooses.
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(IReadOnlyList<string> outer, string? key, string word, IDictionary bound) => (outer.Count, key?.ToLowerInvariant()) switch
    {
        (0, null) => [],
        (0, _) or (_, "merge") => Items(word, bound),
        (_, null) => [.. Parts(outer, key, word, bound), new("Interpolator", "Interpolator", ""), new("Merge", "Merge", ""), new("AllowNull", "AllowNull", "")],
        (_, "interpolator") => Interpolators(""),
        _ => Parts(outer, key, word, bound),
    };

    private IEnumerable<CompletionItem> Parts(IReadOnlyList<string> outer, string? key, string word, IDictionary bound)
        => ((IHashtableCompleter)_queries).InHashtable(outer, key, word, bound);
}
