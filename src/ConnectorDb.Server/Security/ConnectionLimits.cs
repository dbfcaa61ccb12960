using System.Net;
using ConnectorDb.Server.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectorDb.Server.Security;

/// <summary>Limits the open connections, in all and of one address. A trusted proxy has no limit of its own.</summary>
internal sealed class ConnectionLimits
{
    /// <summary>The number of connections beyond a limit that are answered; further ones are closed without an answer.</summary>
    private const int Courtesy = 64;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private readonly ServerOptions _options;
    private readonly HashSet<IPAddress> _proxies;
    private int _all;

    public ConnectionLimits(ServerOptions options)
    {
        _options = options;
        _proxies = [.. options.Proxies.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => IPAddress.TryParse(text, out IPAddress? address) ? address : IPAddress.None)];
    }

    /// <summary>Counts the connections of an endpoint.</summary>
    public void Count(ListenOptions endpoint) => endpoint.Use(next => connection => ServeAsync(connection, next));

    /// <summary>Answers the requests of connections beyond a limit.</summary>
    public static void Use(IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.Features.Get<Excess>() is not { } excess)
        {
            return next(context);
        }

        context.Response.Headers.Connection = "close";
        throw new ServerBusyException(excess.Status, excess.Message, s_retry);
    });

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        IPAddress address = AddressOf(connection);
        (int all, int own) = Add(address, 1);
        try
        {
            if (all > _options.ConnectionLimit + Courtesy || own > _options.AddressConnectionLimit + Courtesy)
            {
                connection.Abort();
                return;
            }

            if (own > _options.AddressConnectionLimit)
            {
                connection.Features.Set(new Excess(StatusCodes.Status429TooManyRequests, $"This address has its maximum of {_options.AddressConnectionLimit} connections open (--address-connection-limit). Close some, and use one connection for several requests."));
            }
            else if (all > _options.ConnectionLimit)
            {
                connection.Features.Set(new Excess(StatusCodes.Status503ServiceUnavailable, $"This server has its maximum of {_options.ConnectionLimit} connections open (--connection-limit). Try again later."));
            }

            await next(connection);
        }
        finally
        {
            Add(address, -1);
        }
    }

    private (int All, int Own) Add(IPAddress address, int change)
    {
        lock (_lock)
        {
            _all += change;
            int own = _byAddress.GetValueOrDefault(address) + change;
            if (own == 0)
            {
                _byAddress.Remove(address);
            }
            else
            {
                _byAddress[address] = own;
            }

            return (_all, address == IPAddress.None || _proxies.Contains(address) ? 0 : own);
        }
    }

    private static IPAddress AddressOf(ConnectionContext connection)
        => connection.RemoteEndPoint is IPEndPoint { Address: var address } ? LoginThrottle.Network(address) : IPAddress.None;

    private sealed record Excess(int Status, string Message);
}
