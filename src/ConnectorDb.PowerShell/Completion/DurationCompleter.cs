using System.Collections;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes time spans: common ones, or the units of a number.</summary>
public class DurationCompleter : CdbCompleter
{
    private static readonly (string Unit, string Name)[] s_units = [("s", "seconds"), ("m", "minutes"), ("h", "hours"), ("d", "days"), ("w", "weeks")];

    /// <summary>The units of a number.</summary>
    private protected virtual IEnumerable<(string Unit, string Name)> Units => s_units;

    /// <summary>The time spans that are offered before the user types.</summary>
    private protected virtual IEnumerable<string> Common => ["1s", "10s", "30s", "1m", "5m", "15m", "1h", "1d"];

    private protected sealed override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => Of(word);

    internal virtual IEnumerable<CompletionItem> Of(string word)
    {
        string number = word.TrimEnd([.. Units.SelectMany(each => each.Unit)]);
        IEnumerable<string> spans = double.TryParse(number, out _) ? Units.Select(each => number + each.Unit).Where(span => span.StartsWith(word, StringComparison.Ordinal)) : Common;
        return spans.Select(span => new CompletionItem(span, span, Describe(span)));
    }

    /// <summary>The time span in words.</summary>
    private protected virtual string Describe(string span)
    {
        string number = span.TrimEnd([.. Units.SelectMany(each => each.Unit)]);
        string name = Units.First(each => number + each.Unit == span).Name;
        return $"{number} {(number == "1" ? name[..^1] : name)}";
    }
}
