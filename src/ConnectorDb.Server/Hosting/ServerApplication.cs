using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Influx;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Influx;
using ConnectorDb.Server.Logging;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Polling;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Web;
using ConnectorDb.Server.WebSockets;
using Microsoft.Extensions.Logging.Console;

namespace ConnectorDb.Server.Hosting;

/// <summary>Composes the server: settings, the engine over the store, and the request pipeline.</summary>
public static class ServerApplication
{
    private const int ThreadsPerProcessor = 32;

    /// <summary>The bytes of a request that wait in memory until they are read, for each connection. Kestrel's default is 1 MiB.</summary>
    private const long UnreadBytes = 128 << 10;

    private static readonly TimeSpan s_headersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Builds a server that is ready to start.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="adapt">Adds or replaces services; tests replace the clock.</param>
    /// <exception cref="InvalidValueException">A setting is unknown or invalid.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static WebApplication Build(IReadOnlyList<string> arguments, Action<WebApplicationBuilder>? adapt = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetDirectoryName(typeof(ServerApplication).Assembly.Location) });
        builder.Configuration.AddSettings(arguments, Environment.GetEnvironmentVariables());
        ServerOptions options = Settings.Read(builder.Configuration);
        Listen(builder, options);
        builder.AddLogs(options);

        // Program logs only why the server does not start, and writes that to standard error itself.
        builder.Logging.AddFilter<ConsoleLoggerProvider>(typeof(Program).FullName, LogLevel.None);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => OpenStore(options, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<LoginLinks>();
        builder.Services.AddSingleton<LoginThrottle>();
        builder.Services.AddSingleton<AccountThrottle>();
        builder.Services.AddSingleton<PasswordTurns>();
        builder.Services.AddSingleton<BodyAdmission>();
        builder.Services.AddSingleton<Authentication>();
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.AddSingleton<MetricsCollector>();
        builder.Services.AddSingleton<RecentFrames>();
        builder.Services.AddSingleton<FieldStreams>();
        builder.Services.AddSingleton<SeriesCache>();
        builder.Services.AddSingleton<PointWriter>();
        builder.AddDatagrams(options);
        builder.Services.AddHostedService<StartupLog>();
        builder.Services.AddHostedService<GarbageCollection>();
        builder.AddPolling(options);
        builder.AddLifetime(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopPatience));
        adapt?.Invoke(builder);

        ReserveThreads();
        WebApplication application = builder.Build();
        try
        {
            Prepare(application);
            return application;
        }
        catch
        {
            application.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Opens the files of the settings, so that errors in them are found before the server listens, and maps the endpoints.</summary>
    private static void Prepare(WebApplication application)
    {
        _ = application.Services.GetRequiredService<CdbEngine>();
        _ = application.Services.GetRequiredService<MetricsCollector>();
        _ = application.Services.GetService<PollingService>();
        _ = application.Services.GetService<DatagramWriter>();
        UnfinishedRequests.Use(application);
        application.UseTrustedProxies();
        application.UseRequestLog();
        application.UseResponseHeaders(RestApi.Root);
        application.UseErrorResponses();
        application.UseFraming();
        ConnectionLimits.Use(application);
        application.UseEscapedSlashes();
        application.UseRouting();
        application.UseInfluxErrors();
        application.UseHeadLimit();
        application.UseBodyLimit();
        KeepAliveTransport.Use(application);
        DatabaseTurns.Use(application);
        application.UseCallers();
        application.UseRequestBodies();
        RouteGroupBuilder api = application.MapApi();
        api.MapWebSockets();
        api.MapLoggers();
        application.MapPollItems();
        application.MapHome();
        application.MapHealth();
        application.MapMetrics();
        application.MapStreamMetrics();
        application.MapPing();
        application.MapWrite();
        application.MapInfluxQuery();
    }

    private static CdbEngine OpenStore(ServerOptions options, TimeProvider time)
        => EmbeddedClient.OpenEngine(new EmbeddedOptions
        {
            Path = options.Store,
            KeyFolder = options.KeyFolder,
            Time = time,
            Settings = new EngineSettings
            {
                LogsChanges = true,
                MaxAhead = options.MaxAhead,
                SessionIdle = TimeSpan.FromHours(options.SessionIdleHours),
                MaxDevices = options.DeviceLimit,
                MaxStreams = options.StreamLimit,
                MaxSubscriptions = options.DeviceSubscriptionLimit,
                MaxSchema = options.SchemaLimit,
                Queries = QuerySettings.Of(options),
                PublicQueries = QuerySettings.OfNobody(options),
            },
        });

    private static void Listen(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (!builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(ListenAddresses.Check(options.Url));
        }

        // A request runs on the thread that received it: waking another thread takes longer than a small request.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            UnfinishedRequests unfinished = new(options, kestrel.ApplicationServices.GetRequiredService<IHostApplicationLifetime>());
            ConnectionLimits limits = new(options);
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                limits.Count(endpoint);
                unfinished.Watch(endpoint);
            });
            kestrel.Limits.MaxRequestBodySize = null; // RequestBodyLimit
            kestrel.Limits.MaxRequestBufferSize = UnreadBytes;
            RequestHeadLimit.Set(kestrel.Limits);
            kestrel.RequestHeaderEncodingSelector = RequestFraming.EncodingOf!;
            kestrel.Limits.RequestHeadersTimeout = s_headersTimeout;
        });
    }

    // Requests block on the disk now and then. The pool adds threads too slowly for that, so its minimum is raised.
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerProcessor * Environment.ProcessorCount), ports);
    }
}
