using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>The place in a hashtable where a key or value is completed.</summary>
/// <param name="Outer">The keys of the hashtables around this one, the outermost first.</param>
/// <param name="Key">The key whose value is completed; null for the key itself.</param>
/// <param name="Word">The beginning of the key or value.</param>
/// <param name="Values">The constants and variables that this hashtable has, by key.</param>
/// <param name="Bound">The values of the other parameters.</param>
internal sealed record HashtablePosition(IReadOnlyList<string> Outer, string? Key, string Word, IDictionary Values, IDictionary Bound);
