using System.Collections;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the measurements that a logger records.</summary>
public sealed class MeasurementCompleter : LoggerCompleter
{
    private protected override IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound)
        => from channel in logger.Logger.Channels
           where channel.Kind == ChannelKind.Measurement
           select new CompletionItem(channel.Name, channel.Name, channel.Fields is null ? "" : string.Join(", ", channel.Fields));
}
