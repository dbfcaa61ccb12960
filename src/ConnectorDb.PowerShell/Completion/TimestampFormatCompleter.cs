using System.Collections;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of time formats, and common formats of .NET.</summary>
public sealed class TimestampFormatCompleter : CdbCompleter
{
    private static readonly string[] s_common = ["dd.MM.yyyy HH:mm:ss", "dd/MM/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm:ss", "yyyyMMddHHmmss"];

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => TimestampFormat.Names.Concat(s_common).Select(format => new CompletionItem(format, format, ""));
}
