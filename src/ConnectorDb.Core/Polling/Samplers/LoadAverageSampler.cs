using System.Globalization;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the load average from <c>/proc/loadavg</c>. Windows does not have it.</summary>
[Sampler("system.loadavg1", "The load average of one minute.", Platforms = ["Linux"])]
[Sampler("system.loadavg5", "The load average of five minutes.", Platforms = ["Linux"])]
[Sampler("system.loadavg15", "The load average of fifteen minutes.", Platforms = ["Linux"])]
internal sealed class LoadAverageSampler(SamplerContext context) : Sampler(context)
{
    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        string[] numbers = (await ReadAsync("/proc/loadavg", cancellation).ConfigureAwait(false)).Split(' ');
        int which = Context.Key switch { "system.loadavg1" => 0, "system.loadavg5" => 1, _ => 2 };
        return DataValue.From(double.Parse(numbers[which], CultureInfo.InvariantCulture));
    }
}
