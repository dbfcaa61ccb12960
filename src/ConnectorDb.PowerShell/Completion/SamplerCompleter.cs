using System.Collections;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the key of a sampler.</summary>
public sealed class SamplerCompleter : CdbCompleter
{
    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
        => PollEngine.Samplers
            .Where(sampler => sampler.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(sampler => new Offer(sampler.Key, sampler.Key, sampler.Description));
}
