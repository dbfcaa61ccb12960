using Microsoft.Extensions.Logging.Console;

namespace ConnectorDb.Server.Hosting;

/// <summary>Who starts and stops the server: a person at a console, the service manager of Windows, systemd, or another program.</summary>
internal static class Lifetimes
{
    public static void AddLifetime(this WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.UntilInputEnds)
        {
            builder.Services.AddSingleton<IHostLifetime, InputLifetime>();
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }
        else
        {
            builder.Services.AddWindowsService(service => service.ServiceName = "ConnectorDb");
            builder.Services.AddSystemd();
        }
    }
}
