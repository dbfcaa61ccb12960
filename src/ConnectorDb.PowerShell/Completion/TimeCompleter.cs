using System.Globalization;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes times: time spans before now, and the last days.</summary>
public sealed class TimeCompleter : DurationCompleter
{
    private static readonly string[] s_days = ["today", "yesterday"];

    private protected override IEnumerable<string> Common => ["15m", "1h", "6h", "24h", "7d", "30d"];

    internal override IEnumerable<CompletionItem> Of(string word)
    {
        DateTimeOffset now = TimeProvider.System.GetLocalNow();
        return base.Of(word).Concat(s_days.Select((name, before) =>
        {
            string day = now.AddDays(-before).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return new CompletionItem(day, day, $"The start of {name}.");
        }));
    }

    private protected override string Describe(string span) => $"{base.Describe(span)} before now.";
}
