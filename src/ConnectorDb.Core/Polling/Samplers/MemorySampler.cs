using System.Globalization;
using System.Runtime.InteropServices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the memory of the machine, from <c>/proc/meminfo</c> or GlobalMemoryStatusEx on Windows.</summary>
[Sampler("system.memory", "The memory in bytes: total, available without swapping, used; and used in percent.", Platforms = ["Linux", "Windows"])]
internal sealed partial class MemorySampler(SamplerContext context) : Sampler(context)
{
    private const int Kibibyte = 1024;

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        (long total, long available) = OperatingSystem.IsWindows() ? Ask() : Parse(await ReadAsync("/proc/meminfo", cancellation).ConfigureAwait(false));
        return Fields(
            ("total", DataValue.From(total)),
            ("available", DataValue.From(available)),
            ("used", DataValue.From(total - available)),
            ("percent", DataValue.From(100.0 * (total - available) / total)));
    }

    /// <summary>The bytes from lines such as <c>MemTotal:  2048 kB</c>.</summary>
    internal static (long Total, long Available) Parse(string text)
    {
        return (Line("MemTotal:"), Line("MemAvailable:"));

        long Line(string name) => Kibibyte * long.Parse(
            text.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
    }

    private (long Total, long Available) Ask()
    {
        MemoryStatus status = new() { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        return GlobalMemoryStatusEx(ref status)
            ? ((long)status.TotalPhysical, (long)status.AvailablePhysical)
            : throw NoValue($"system.memory: Windows did not say it (error {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus status);

    /// <summary>MEMORYSTATUSEX.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }
}
