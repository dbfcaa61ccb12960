using System.Security.Cryptography;
using ConnectorDb.Server.Hosting;

namespace ConnectorDb.Server;

/// <summary>Serves a store until it is told to stop.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            await using WebApplication application = ServerApplication.Build(arguments);
            await application.RunAsync();
            return 0;
        }
        catch (Exception error) when (error is CdbException or IOException or CryptographicException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }
}
