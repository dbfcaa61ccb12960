using Microsoft.Extensions.Options;

namespace ConnectorDb.Server.Logging;

/// <summary>
/// Turns off the request log of the web host for every provider and level: it contains whole addresses, and with them API keys
/// in <c>?apikey=</c>.
/// </summary>
internal static class UrlRedaction
{
    private const string RequestLogOfHost = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddUrlRedaction(this ILoggingBuilder logging)
        => logging.Services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new PostConfigureOptions<LoggerFilterOptions>(Microsoft.Extensions.Options.Options.DefaultName, Silence));

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
        (provider, category, level) => category != RequestLogOfHost && (rule.Filter?.Invoke(provider, category, level) ?? true));
}
