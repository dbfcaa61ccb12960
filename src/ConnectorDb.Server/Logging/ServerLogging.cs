using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Logging;

/// <summary>Configures levels and destinations of the log.</summary>
internal static class ServerLogging
{
    private const string Levels = "Logging:LogLevel:";

    public static void AddLogs(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.AddUrlRedaction();
        if (options.LogLevel is { } level)
        {
            LogLevel frameworkLevel = (LogLevel)Math.Max((int)level, (int)LogLevel.Warning);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                [Levels + "Default"] = $"{level}",
                [Levels + "Microsoft.AspNetCore"] = $"{frameworkLevel}",
            });
        }

        if (options.LogFile is { } path)
        {
            builder.Services.AddSingleton<ILoggerProvider>(services => new LogFileProvider(
                new LogFile(path, options.LogFileSize, options.LogFiles),
                services.GetRequiredService<TimeProvider>()));
        }
    }
}
