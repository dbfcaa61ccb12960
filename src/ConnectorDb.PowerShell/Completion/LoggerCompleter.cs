using System.Collections;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes names from the given logger, else from the newest that is open.</summary>
public abstract class LoggerCompleter : CdbCompleter
{
    private protected abstract IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound);

    private protected sealed override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
        => (Opened<CdbLogger>(bound, "Logger") ?? RunspaceSession.Current.DefaultLogger) is { } logger ? Items(logger, bound) : [];
}
