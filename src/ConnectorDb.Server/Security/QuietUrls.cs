using Microsoft.Extensions.Options;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Silences the host's own log of requests, at every level and for every logger: it writes whole addresses, and with them
/// the API keys of those who give them as <c>?apikey=</c>.
/// </summary>
internal static class QuietUrls
{
    private const string Talkative = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddQuietUrls(this ILoggingBuilder logging)
        => logging.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new PostConfigureOptions<LoggerFilterOptions>(Options.DefaultName, Silence));

    private static void Silence(LoggerFilterOptions filters)
    {
        LoggerFilterRule[] rules = [.. filters.Rules];
        filters.Rules.Clear();
        filters.Rules.Add(Silenced(new LoggerFilterRule(null, null, filters.MinLevel, null)));
        foreach (LoggerFilterRule rule in rules)
        {
            filters.Rules.Add(Silenced(rule));
        }
    }

    private static LoggerFilterRule Silenced(LoggerFilterRule rule) => new(
        rule.ProviderName,
        rule.CategoryName,
        rule.LogLevel,
        (provider, category, level) => category != Talkative && (rule.Filter?.Invoke(provider, category, level) ?? true));
}
