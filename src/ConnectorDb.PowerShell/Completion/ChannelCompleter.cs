using System.Collections;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the streams that a logger records, also as the keys of a hashtable of values.</summary>
public sealed class ChannelCompleter : LoggerCompleter, IHashtableCompleter
{
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at)
        => at.Key is null && at.Outer.Count == 0 ? Items(at.Word, at.Bound) : [];

    private protected override IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound)
        => from channel in logger.Logger.Channels
           where channel.Kind == ChannelKind.Stream
           select new CompletionItem(channel.Name, channel.Name, channel.Definition?.Description ?? "");
}
