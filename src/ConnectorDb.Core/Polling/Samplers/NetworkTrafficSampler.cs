using System.Net.NetworkInformation;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>What came and went through network interfaces.</summary>
[Sampler("system.network", "Bytes received and sent in a second.", Argument = "Interface such as eth0; all but the loopback when left out.", IsArgumentOptional = true)]
internal sealed class NetworkTrafficSampler(SamplerContext context) : RateSampler(context)
{
    protected override ValueTask<long[]> ReadCountersAsync(CancellationToken cancellation)
    {
        try
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            NetworkInterface[] meant = [.. all.Where(each => Context.Argument is { } name ? each.Name == name : each.NetworkInterfaceType != NetworkInterfaceType.Loopback)];
            IPInterfaceStatistics[] traffic = [.. meant.Select(each => each.GetIPStatistics())];
            return meant.Length == 0 && Context.Argument is { } missing
                ? throw NoValue($"There is no interface '{missing}'; there are {string.Join(", ", all.Select(each => each.Name))}.")
                : ValueTask.FromResult<long[]>([traffic.Sum(each => each.BytesReceived), traffic.Sum(each => each.BytesSent)]);
        }
        catch (NetworkInformationException error)
        {
            throw NoValue($"system.network: the interfaces cannot be asked: {error.Message}", error);
        }
    }

    protected override DataValue Compute(long[] change, double seconds)
        => Fields(("received", DataValue.From(change[0] / seconds)), ("sent", DataValue.From(change[1] / seconds)));
}
