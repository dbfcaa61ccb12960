using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace ConnectorDb.Server.Hosting;

/// <summary>Explains to an administrator why the server does not start, and the next step.</summary>
internal static class StartupErrors
{
    /// <param name="error">The exception at start.</param>
    /// <param name="url">The configured addresses.</param>
    /// <returns>Null for a bug, whose whole stack trace should be shown.</returns>
    public static string? Of(Exception error, string url) => error switch
    {
        IOException { InnerException: AddressInUseException } => $"{error.Message} Stop the program that uses this address, or choose another one with --url.",
        SocketException => $"The server cannot listen at {url}: {error.Message}. Use an address of this machine and a port that this account may use.",
        CryptographicException => $"The certificate cannot be used: {error.Message} Check the file and password in Kestrel:Certificates or Kestrel:Endpoints.",
        InvalidOperationException when UsesHttps(url) => $"{error.Message.Split('\n')[0].TrimEnd()} Set a certificate with --Kestrel:Certificates:Default:Path house.pfx and its password in the environment variable CONNECTORDB_SERVER_Kestrel__Certificates__Default__Password.",
        CdbException or IOException or FormatException or InvalidOperationException => error.Message,
        _ => null,
    };

    private static bool UsesHttps(string url) => url.Contains("https://", StringComparison.OrdinalIgnoreCase);
}
