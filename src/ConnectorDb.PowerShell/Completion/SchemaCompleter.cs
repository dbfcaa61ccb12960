using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the short names of schemas.</summary>
public sealed class SchemaCompleter : CdbCompleter
{
    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound)
        => from type in SchemaArgumentAttribute.Types
           where type.StartsWith(word, StringComparison.OrdinalIgnoreCase)
           select new Offer(type, type, SchemaArgumentAttribute.Read(type));
}
