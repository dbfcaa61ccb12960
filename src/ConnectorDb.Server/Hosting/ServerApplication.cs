using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Sockets;

namespace ConnectorDb.Server.Hosting;

/// <summary>Puts the server together: settings, the engine over the store, and what requests pass through.</summary>
public static class ServerApplication
{
    private const int ThreadsPerProcessor = 32;
    private static readonly TimeSpan s_headPatience = TimeSpan.FromSeconds(10);

    /// <summary>A server that is ready to be started.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="adapt">What a host adds or replaces; a test its clock.</param>
    /// <exception cref="InvalidValueException">A setting is unknown or cannot be.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static WebApplication Build(IReadOnlyList<string> arguments, Action<WebApplicationBuilder>? adapt = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetDirectoryName(typeof(ServerApplication).Assembly.Location) });
        builder.Configuration.AddSettings(arguments, Environment.GetEnvironmentVariables());
        ServerOptions options = Settings.Read(builder.Configuration);
        Listen(builder, options);
        builder.AddLogs(options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => StoreOfServer.Open(options, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<LoginThrottle>();
        builder.Services.AddSingleton<Authentication>();
        builder.Services.AddSingleton<Meters>();
        builder.Services.AddSingleton<RecentFrames>();
        builder.Services.AddHostedService<Announcement>();
        builder.AddPolling(options);
        builder.AddLifetime(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopPatience));
        adapt?.Invoke(builder);

        ReserveThreads();
        WebApplication application = builder.Build();
        _ = application.Services.GetRequiredService<CdbEngine>();
        _ = application.Services.GetService<PollingService>();
        application.UseTrustedProxies();
        application.UseRequestLog();
        application.UseResponseHeaders();
        application.UseFaults();
        application.UseBodyLimit();
        application.UseEscapedSlashes();
        application.UseRouting();
        application.UseCallers();
        application.MapApi();
        application.MapItems();
        application.MapHealth();
        application.MapMetrics();
        return application;
    }

    private static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (!builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(ListenAddresses.Check(options.Url));
        }

        // A request is worked on by the thread that received it: handing it on wakes others, which takes longer than a small request does.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyLimit;
            kestrel.Limits.RequestHeadersTimeout = s_headPatience;
        });
    }

    /// <summary>Requests wait for the disk now and then; the pool is told not to be thrifty with threads meanwhile.</summary>
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerProcessor * Environment.ProcessorCount), ports);
    }
}
