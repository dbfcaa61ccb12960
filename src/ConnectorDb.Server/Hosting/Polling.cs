using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Hosting;

/// <summary>Whether the server polls.</summary>
internal static class Polling
{
    public static void AddPolling(this WebApplicationBuilder builder, ServerOptions options)
    {
        if (options.Poll is { } path)
        {
            builder.Services.AddSingleton(new ItemGuard(options));
            builder.Services.AddSingleton(services => new PollingService(
                Path.GetFullPath(path),
                options,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<PollingService>>()));
            builder.Services.AddHostedService(services => services.GetRequiredService<PollingService>());
        }
    }
}
