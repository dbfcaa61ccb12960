using System.Collections;
using System.Globalization;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of cultures.</summary>
public sealed class CultureCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .OrderBy(culture => culture.Name, StringComparer.Ordinal)
            .Select(culture => new CompletionItem(culture.Name, culture.Name, culture.EnglishName));
}
