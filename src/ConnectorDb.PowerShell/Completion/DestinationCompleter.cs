using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the names of the destinations of a logger.</summary>
public sealed class DestinationCompleter : LoggerCompleter
{
    private protected override IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound)
        => logger.Destinations.Select(destination => new CompletionItem(destination.Name, destination.Name, destination.Location));
}
