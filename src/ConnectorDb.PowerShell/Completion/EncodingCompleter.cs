using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of encodings.</summary>
public sealed class EncodingCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => EncodingArgumentAttribute.Names.Select(name => new CompletionItem(name, name, ""));
}
