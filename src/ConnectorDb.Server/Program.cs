using System.Security.Cryptography;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server;

/// <summary>Serves a store until the process is stopped.</summary>
internal sealed class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (Usage.Answer(arguments) is { } answer)
        {
            await Console.Out.WriteLineAsync(answer);
            return 0;
        }

        try
        {
            await using WebApplication application = ServerApplication.Build(arguments);
            return await ServeAsync(application);
        }
        catch (Exception error) when (error is CdbException or IOException or CryptographicException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task<int> ServeAsync(WebApplication application)
    {
        try
        {
            await application.StartAsync();
            await application.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (application.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error) when (StartupErrors.Of(error, application.Services.GetRequiredService<ServerOptions>().Url) is { } reason)
        {
            application.Services.GetRequiredService<ILogger<Program>>().DoesNotStart(reason);
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }
}
