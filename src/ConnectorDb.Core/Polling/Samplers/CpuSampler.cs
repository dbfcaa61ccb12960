using System.Globalization;
using System.Runtime.InteropServices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the usage of all processors since the previous reading, from <c>/proc/stat</c> or GetSystemTimes on Windows.</summary>
[Sampler("system.cpu", "How busy the processors are, all together.", Unit = "%", Platforms = ["Linux", "Windows"])]
internal sealed partial class CpuSampler(SamplerContext context) : RateSampler(context)
{
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int LastKind = 8;

    /// <summary>Idle and total time from the first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal (guest time is part of user).</summary>
    internal static long[] Parse(string stat)
    {
        long[] times = [.. stat.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(LastKind).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        return [times[Idle] + times.ElementAtOrDefault(WaitingForDisk), times.Sum()];
    }

    protected override async ValueTask<long[]> ReadCountersAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Parse(await ReadAsync("/proc/stat", cancellation).ConfigureAwait(false));
        }

        return GetSystemTimes(out long idle, out long kernel, out long user)
            ? [idle, kernel + user]
            : throw NoValue($"system.cpu: Windows did not say the times of the processors (error {Marshal.GetLastPInvokeError()}).");
    }

    protected override DataValue Compute(long[] change, double seconds)
        => change is [var idle, > 0 and var all]
            ? DataValue.From(100.0 * Math.Max(0, all - idle) / all)
            : throw NoValue("system.cpu: asked twice within one tick of the processor's clock.");

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemTimes(out long idle, out long kernel, out long user);
}
