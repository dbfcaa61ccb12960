using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of interpolators.</summary>
public sealed class InterpolatorCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => Engine.Interpolators.Select(interpolator => new CompletionItem(interpolator.Name, interpolator.Name, interpolator.Description));
}
