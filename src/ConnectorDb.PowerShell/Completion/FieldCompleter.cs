using System.Collections;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the declared fields of the measurement on the command line.</summary>
public class FieldCompleter : LoggerCompleter, IHashtableCompleter
{
    IEnumerable<CompletionItem> IHashtableCompleter.InHashtable(HashtablePosition at) => at.Key is null ? Items(at.Word, at.Bound) : [];

    private protected override IEnumerable<CompletionItem> Items(CdbLogger logger, IDictionary bound)
        => from channel in logger.Logger.Channels
           where channel.Kind == ChannelKind.Measurement && channel.Name == Bound<string>(bound, "Measurement")
           from name in NamesOf(channel) ?? []
           select new CompletionItem(name, name, "");

    private protected virtual IReadOnlyList<string>? NamesOf(LogChannel measurement) => measurement.Fields;
}
