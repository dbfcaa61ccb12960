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
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at) => (at.Outer.Count, at.Key?.ToLowerInvariant()) switch
    {
        (0, null) => [],
        (0, _) or (_, "merge") => Items(at.Word, at.Bound),
        (_, null) => [.. Parts(at), new("Interpolator", "Interpolator", ""), new("Merge", "Merge", ""), new("AllowNull", "AllowNull", "")],
        (_, "interpolator") => Interpolators(""),
        _ => Parts(at),
    };

    private IEnumerable<CompletionItem> Parts(HashtablePosition at) => ((IHashtableCompleter)_queries).InHashtable(at);
}
