using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Hosting;

/// <summary>What is logged, and where to.</summary>
internal static class Logs
{
    private const int LeastBytes = 4096;
    private const string Levels = "Logging:LogLevel:";

    /// <exception cref="InvalidValueException">A setting cannot be.</exception>
    public static void AddLogs(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.AddQuietUrls();
        if (options.LogLevel is { } level)
        {
            LogLevel ofFramework = (LogLevel)Math.Max((int)level, (int)LogLevel.Warning);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                [Levels + "Default"] = $"{level}",
                [Levels + "Microsoft.AspNetCore"] = $"{ofFramework}",
            });
        }

        if (options.LogFile is { } path)
        {
            if (options.LogFileSize < LeastBytes || options.LogFiles < 1)
            {
                throw new InvalidValueException($"--log-file-size has to be {LeastBytes} bytes at least, and --log-files 1.", path);
            }

            builder.Services.AddSingleton<ILoggerProvider>(services => new LogFileProvider(
                new LogFile(path, options.LogFileSize, options.LogFiles),
                services.GetRequiredService<TimeProvider>()));
        }
    }
}
