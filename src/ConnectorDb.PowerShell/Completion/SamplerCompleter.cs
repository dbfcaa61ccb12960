using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the keys of samplers.</summary>
public sealed class SamplerCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => PollEngine.Samplers.Select(sampler => new CompletionItem(sampler.Key, sampler.Key, sampler.Description));
}
