using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of the columns of the file of <c>-Path</c>.</summary>
public sealed class CsvColumnCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        string path = Bound<string>(bound, "Path") ?? Bound<object[]>(bound, "Path")?.FirstOrDefault()?.ToString() ?? "";
        string full = CallerState.Current.Path.GetUnresolvedProviderPathFromPSPath(path);
        return Engine.CsvColumns(full).Select(name => new CompletionItem(name, name, ""));
    }
}
