using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the files of the open loggers.</summary>
public sealed class OpenLoggerCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => RunspaceSession.Current.Loggers.Select(logger => new CompletionItem(logger.Path, logger.Path, logger.Name));
}
