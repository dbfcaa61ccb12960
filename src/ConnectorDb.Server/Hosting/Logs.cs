using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;
using Microsoft.Extensions.Logging.Console;

namespace ConnectorDb.Server.Hosting;

/// <summary>What is logged, and where to.</summary>
internal static class Logs
{
    private const string Levels = "Logging:LogLevel:";

    public static void AddLogs(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.AddQuietUrls();

        // Its one line, why the server does not start, stands on standard error already.
        builder.Logging.AddFilter<ConsoleLoggerProvider>(typeof(Program).FullName, LogLevel.None);
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
            builder.Services.AddSingleton<ILoggerProvider>(services => new LogFileProvider(
                new LogFile(path, options.LogFileSize, options.LogFiles),
                services.GetRequiredService<TimeProvider>()));
        }
    }
}
