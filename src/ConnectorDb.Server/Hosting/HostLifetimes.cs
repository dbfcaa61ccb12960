using ConnectorDb.Server.Options;
using Microsoft.Extensions.Logging.Console;

namespace ConnectorDb.Server.Hosting;

/// <summary>Selects the lifetime of the host: console, Windows service, systemd, or a parent program.</summary>
internal static class HostLifetimes
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
