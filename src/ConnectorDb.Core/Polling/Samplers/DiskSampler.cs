using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the free and used space of a drive.</summary>
[Sampler("system.disk", "A drive in bytes: total, free for this user, used; and used in percent.", Argument = "Drive (C:) or mount point; the one of the system when left out.", IsArgumentOptional = true)]
internal sealed class DiskSampler(SamplerContext context) : Sampler(context)
{
    private readonly string _place = context.Argument ?? (OperatingSystem.IsWindows() ? Path.GetPathRoot(Environment.SystemDirectory)! : "/");

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            DriveInfo drive = new(_place);
            (long total, long free) = (drive.TotalSize, drive.AvailableFreeSpace);
            long used = total - drive.TotalFreeSpace;
            return ValueTask.FromResult(Fields(
                ("total", DataValue.From(total)),
                ("free", DataValue.From(free)),
                ("used", DataValue.From(used)),
                ("percent", DataValue.From(total > 0 ? 100.0 * used / total : 0))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw NoValue($"The drive '{_place}' cannot be asked: {error.Message}", error);
        }
    }
}
