using System.Net.NetworkInformation;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the round-trip time of an ICMP echo request. No reply is an error.</summary>
[Sampler("net.ping", "The round trip to a host.", Argument = "Host name or address.", Unit = "ms")]
internal sealed class PingSampler(SamplerContext context) : Sampler(context)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private readonly string _host = context.RequiredArgument;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            using Ping ping = new();
            long start = Time.GetTimestamp();
            PingReply reply = await ping.SendPingAsync(_host, s_longest, cancellationToken: cancellation).ConfigureAwait(false);
            return reply.Status != IPStatus.Success ? throw NoValue($"'{_host}' did not answer: {reply.Status}.")
                : reply.RoundtripTime > 0 ? DataValue.From((double)reply.RoundtripTime)
                : Since(start);
        }
        catch (PingException error)
        {
            throw NoValue($"'{_host}' could not be asked: {(error.InnerException ?? error).Message}", error);
        }
    }
}
