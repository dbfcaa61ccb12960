using System.Diagnostics.Metrics;
using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Polling;

/// <summary>Adds the poller when the settings name a configuration file.</summary>
internal static class PollingRegistration
{
    public static void AddPolling(this WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.Poll is { } path)
        {
            builder.Services.AddSingleton(new PollItemGuard(options));
            builder.Services.AddSingleton(services =>
            {
                PollingService polling = new(Path.GetFullPath(path), services.GetRequiredService<CdbEngine>(), options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<PollingService>>());
                services.GetRequiredService<IMeterFactory>().AddPoller(polling.Poller);
                return polling;
            });
            builder.Services.AddHostedService(services => services.GetRequiredService<PollingService>());
        }
    }
}
