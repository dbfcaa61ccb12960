using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace ConnectorDb.Server.Hosting;

/// <summary>Why a server does not serve, and what to do, in words for an administrator.</summary>
internal static class StartFault
{
    /// <param name="error">What happened.</param>
    /// <param name="url">Where it was told to listen.</param>
    /// <returns>Null for what is a fault of the program, of which one wants to see all.</returns>
    public static string? Of(Exception error, string url) => error switch
    {
        IOException { InnerException: AddressInUseException } => $"{error.Message} Stop the program that listens there, or give another address with --url.",
        SocketException => $"The server cannot listen at {url}: {error.Message}. Give an address of this machine, and a port that this account may use.",
        CryptographicException => $"The certificate cannot be used: {error.Message} Check the file and the password that Kestrel:Certificates or Kestrel:Endpoints name.",
        InvalidOperationException when NamesHttps(url) => $"{error.Message.Split('\n')[0].TrimEnd()} Give one with --Kestrel:Certificates:Default:Path house.pfx, and its password in the environment: CONNECTORDB_SERVER_Kestrel__Certificates__Default__Password.",
        CdbException or IOException or FormatException or InvalidOperationException => error.Message,
        _ => null,
    };

    private static bool NamesHttps(string url) => url.Contains("https://", StringComparison.OrdinalIgnoreCase);
}
