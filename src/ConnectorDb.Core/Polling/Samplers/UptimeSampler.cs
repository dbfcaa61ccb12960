using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the uptime of the machine.</summary>
[Sampler("system.uptime", "The time since this machine was started.", Unit = "s")]
internal sealed class UptimeSampler(SamplerContext context) : Sampler(context)
{
    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
        => ValueTask.FromResult(DataValue.From(Environment.TickCount64 / 1000.0));
}
