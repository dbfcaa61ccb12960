using System.Collections;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the streams that a logger records, also as the keys of a hashtable of values.</summary>
public sealed class ChannelCompleter : LoggerCompleter, IHashtableCompleter
{
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(IReadOnlyList<string> outer, string? key, string word, IDictionary bound)
        => key is null && outer.Count == 0 ? Items(word, bound) : [];

    private protected override IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound)
        => from channel in logger.Logger.Channels
           where channel.Kind == ChannelKind.Stream
           select new CompletionItem(channel.Name, channel.Name, channel.Definition?.Description ?? "");
}
