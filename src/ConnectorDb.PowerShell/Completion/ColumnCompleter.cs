using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the columns of a dataset as text: first the stream, after the colon the interpolator.</summary>
public sealed class ColumnCompleter : CdbCompleter
{
    private readonly StreamCompleter _streams = new();

    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
    {
        int colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? _streams.Paths(word, bound)
            : Engine.Interpolators
                .Where(interpolator => interpolator.Name.StartsWith(word[(colon + 1)..], StringComparison.OrdinalIgnoreCase))
                .Select(interpolator => new Offer(word[..(colon + 1)] + interpolator.Name, interpolator.Name, interpolator.Description));
    }
}
