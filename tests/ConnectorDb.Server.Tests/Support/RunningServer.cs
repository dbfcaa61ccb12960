using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>The real server in this process, at a free loopback port, over a new store of the user <c>me</c>.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly WebApplication _application;

    private RunningServer(TempFolder folder, string store, string keyFolder, WebApplication application)
    {
        _folder = folder;
        StorePath = store;
        KeyFolder = keyFolder;
        _application = application;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        OwnerKey = KeyOf("me/user");
    }

    public Uri Address { get; }

    /// <summary>The API key of <c>me/user</c>, an administrator.</summary>
    public string OwnerKey { get; }

    public CdbEngine Engine => _application.Services.GetRequiredService<CdbEngine>();

    public IServiceProvider Services => _application.Services;

    /// <summary>The file or database of the store.</summary>
    public string StorePath { get; }

    public string KeyFolder { get; }

    /// <param name="settings">Further arguments: <c>--login-delay 0</c>.</param>
    /// <param name="adapt">Replaces services, such as the clock or the log.</param>
    /// <param name="store">The address of a database; null for a file.</param>
    /// <param name="keyFolder">The folder of the secrets; null for a new one.</param>
    public static async Task<RunningServer> StartAsync(string settings = "--login-delay 0", Action<WebApplicationBuilder>? adapt = null, string? store = null, string? keyFolder = null)
    {
        TempFolder folder = new();
        store ??= folder["store.cdb"];
        keyFolder ??= folder["keys"];
        string[] arguments =
        [
            "--store", store, "--key-folder", keyFolder, "--url", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning",
            .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ];
        WebApplication? application = null;
        try
        {
            application = ServerApplication.Build(arguments, builder =>
            {
                builder.WebHost.ConfigureKestrel(kestrel => BePatient(kestrel.Limits));
                adapt?.Invoke(builder);
            });
            await application.StartAsync();
            return new RunningServer(folder, store, keyFolder, application);
        }
        catch
        {
            // Windows removes no folder with an open store.
            await (application?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Turns off the limits for slow clients: on a busy machine a test may be paused for long.</summary>
    private static void BePatient(KestrelServerLimits limits)
    {
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.RequestHeadersTimeout = TimeSpan.FromMinutes(5);
    }

    /// <summary>The database as the device sees it, without HTTP.</summary>
    public ICdbClient As(string device) => EmbeddedClient.Over(Engine, Engine.LoginAs(CdbPath.Parse(device), CancellationToken.None));

    public string KeyOf(string device)
        => Engine.GetDevice(Engine.LoginAs(CdbPath.Parse("me/user"), CancellationToken.None), CdbPath.Parse(device), CancellationToken.None).ApiKey!;

    /// <summary>An HTTP client with the API key, or anonymous.</summary>
    public HttpClient Http(string? apiKey)
    {
        HttpClient client = new() { BaseAddress = new Uri(Address, "/api/v1/") };
        client.DefaultRequestHeaders.Authorization = apiKey is null ? null : Basic("", apiKey);
        return client;
    }

    /// <summary>An HTTP client of the owner.</summary>
    public HttpClient Http() => Http(OwnerKey);

    public static AuthenticationHeaderValue Basic(string user, string password)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Stops the server gracefully; running requests complete.</summary>
    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }
}
