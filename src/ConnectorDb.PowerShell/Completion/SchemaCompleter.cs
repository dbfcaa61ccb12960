using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the short names of schemas.</summary>
public sealed class SchemaCompleter : CdbCompleter
{
    internal static IEnumerable<CompletionItem> All
        => SchemaArgumentAttribute.Types.Select(type => new CompletionItem(type, type, SchemaArgumentAttribute.Read(type)));

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => All;
}
