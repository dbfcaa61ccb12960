using System.Net;
using System.Net.Sockets;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the time that the resolver of this machine needs for a name.</summary>
[Sampler("net.dns", "The time to look up a name.", Argument = "Host name.", Unit = "ms")]
internal sealed class DnsSampler(SamplerContext context) : Sampler(context)
{
    private readonly string _name = context.RequiredArgument;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            long start = Time.GetTimestamp();
            IPAddress[] found = await Dns.GetHostAddressesAsync(_name, cancellation).ConfigureAwait(false);
            return found.Length > 0 ? Since(start) : throw NoValue($"'{_name}' has no address.");
        }
        catch (SocketException error)
        {
            throw NoValue($"'{_name}' could not be looked up: {error.Message}", error);
        }
    }
}
