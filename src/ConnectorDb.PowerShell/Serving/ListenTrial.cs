using System.Net;
using System.Net.Sockets;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>Tries the addresses of a server, so that a question or -WhatIf does not promise one that another program has.</summary>
internal static class ListenTrial
{
    /// <exception cref="ServerNotStartedException">Another program listens there.</exception>
    public static void Run(IEnumerable<string> urls)
    {
        foreach (string url in urls)
        {
            // Names and wildcards of addresses are left to the server.
            if (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IsBusy(new IPEndPoint(ip, address.Port)))
            {
                throw new ServerNotStartedException($"The server cannot start at {url}, because another program uses this address. Stop it, or choose another address with -Url.", url);
            }
        }
    }

    private static bool IsBusy(IPEndPoint place)
    {
        using TcpListener listener = new(place);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
