using System.Collections;
using ConnectorDb.PowerShell.Arguments;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the properties of the streams in a hashtable that maps names to properties.</summary>
public class StreamTreeCompleter : CdbCompleter, IHashtableCompleter
{
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at) => Parts(at.Outer, at.Key, at.Bound);

    /// <param name="outer">The keys around the hashtable.</param>
    /// <param name="key">The key whose value is completed; null for the key itself.</param>
    /// <param name="bound">The values of the other parameters.</param>
    private protected virtual IEnumerable<CompletionItem> Parts(IReadOnlyList<string> outer, string? key, IDictionary bound)
        => outer.Count switch
        {
            // In the place of its properties, a stream may have its schema.
            0 when key is not null => SchemaCompleter.All,
            1 => Properties(TreeDefinition.StreamKeys, key, bound),
            _ => [],
        };

    // The names of the tree are new.
    private protected sealed override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => [];

    private protected static IEnumerable<CompletionItem> Properties(IReadOnlyList<string> keys, string? key, IDictionary bound) => key?.ToLowerInvariant() switch
    {
        null => keys.Select(name => new CompletionItem(name, name, "")),
        "schema" => SchemaCompleter.All,
        "datatype" => DatatypeCompleter.All(bound),
        "role" => DeviceRoleCompleter.All,
        "ephemeral" or "downlink" or "public" or "enabled" or "visible" or "usereditable" => [Flag("$true"), Flag("$false")],
        _ => [],
    };

    private static CompletionItem Flag(string text) => new(text, text, "") { IsExpression = true };
}
