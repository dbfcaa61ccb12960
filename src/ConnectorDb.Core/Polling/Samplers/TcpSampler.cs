using System.Net.Sockets;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the time to open a TCP connection.</summary>
[Sampler("net.tcp", "The time to connect to a port.", Argument = "HOST:PORT, an IPv6 address in brackets.", Unit = "ms")]
internal sealed class TcpSampler : Sampler
{
    private readonly string _host;
    private readonly int _port;

    public TcpSampler(SamplerContext context)
        : base(context)
    {
        string target = context.RequiredArgument;
        if (!Uri.TryCreate("tcp://" + target, UriKind.Absolute, out Uri? address) || address.Port <= 0 || address.PathAndQuery.Trim('/').Length > 0)
        {
            throw new InvalidValueException($"'{target}' is not HOST:PORT. Give one such as 'example.org:443' or '[::1]:22'.", target);
        }

        (_host, _port) = (address.DnsSafeHost, address.Port);
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            using TcpClient client = new();
            long start = Time.GetTimestamp();
            await client.ConnectAsync(_host, _port, cancellation).ConfigureAwait(false);
            return Since(start);
        }
        catch (SocketException error)
        {
            throw NoValue($"'{_host}' takes no connection at port {_port}: {error.Message}", error);
        }
    }
}
