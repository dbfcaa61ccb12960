using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the columns of a dataset: the stream, and after the colon the interpolator.</summary>
public sealed class ColumnCompleter : CdbCompleter
{
    private readonly StreamCompleter _streams = new();

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? _streams.Paths(word, bound)
            : Engine.Interpolators.Select(interpolator => new CompletionItem(word[..(colon + 1)] + interpolator.Name, interpolator.Name, interpolator.Description));
    }
}
