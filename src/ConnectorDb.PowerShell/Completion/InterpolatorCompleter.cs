using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of interpolators.</summary>
public sealed class InterpolatorCompleter : CdbCompleter
{
    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
        => Engine.Interpolators
            .Where(interpolator => interpolator.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(interpolator => new Offer(interpolator.Name, interpolator.Name, interpolator.Description));
}
