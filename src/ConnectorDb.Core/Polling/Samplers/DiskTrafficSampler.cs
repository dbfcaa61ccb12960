using System.Globalization;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the bytes read from and written to disks, from <c>/proc/diskstats</c>. On Windows use windows.counter.</summary>
[Sampler("system.diskio", "Bytes read and written in a second.", Argument = "Device such as sda or /dev/sda; all whole disks when left out.", IsArgumentOptional = true, Platforms = ["Linux"])]
internal sealed class DiskTrafficSampler(SamplerContext context) : RateSampler(context)
{
    private const int SectorSize = 512;
    private const int Name = 2;
    private const int SectorsRead = 5;
    private const int SectorsWritten = 9;
    private static readonly string[] s_notDisks = ["loop", "ram", "zram", "dm-", "md"];

    /// <summary>Bytes read and written by the device, or by all devices that are whole disks according to <paramref name="isWhole"/>; null when there is no such device.</summary>
    internal static long[]? Parse(string diskstats, string? device, Func<string, bool> isWhole)
    {
        string[][] rows = [.. diskstats.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length > SectorsWritten)];
        string[][] meant = [.. rows.Where(row => device is null ? !s_notDisks.Any(row[Name].StartsWith) && isWhole(row[Name]) : row[Name] == device)];
        return meant.Length == 0 && device is not null ? null : [Sum(SectorsRead), Sum(SectorsWritten)];

        long Sum(int column) => SectorSize * meant.Sum(row => long.Parse(row[column], CultureInfo.InvariantCulture));
    }

    protected override async ValueTask<long[]> ReadCountersAsync(CancellationToken cancellation)
        => Parse(await ReadAsync("/proc/diskstats", cancellation).ConfigureAwait(false), Path.GetFileName(Context.Argument), name => Directory.Exists("/sys/block/" + name))
            ?? throw NoValue($"There is no disk '{Context.Argument}'; /proc/diskstats lists all disks.");

    protected override DataValue Compute(long[] change, double seconds)
        => Fields(("read", DataValue.From(change[0] / seconds)), ("written", DataValue.From(change[1] / seconds)));
}
