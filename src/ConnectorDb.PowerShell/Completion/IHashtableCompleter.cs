using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes keys and values in a hashtable that is the argument of a parameter.</summary>
internal interface IHashtableCompleter
{
    /// <summary>The possible keys, or the possible values of a key; those that do not start with the word are dropped.</summary>
    /// <param name="outer">The keys of the hashtables around this one, the outermost first.</param>
    /// <param name="key">The key whose value is completed; null for the key itself.</param>
    /// <param name="word">The beginning of the key or value.</param>
    /// <param name="bound">The values of the other parameters.</param>
    IEnumerable<CompletionItem> InHashtable(IReadOnlyList<string> outer, string? key, string word, IDictionary bound);
}
