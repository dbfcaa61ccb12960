using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A device to export, with its streams.</summary>
internal sealed record ExportedDevice(CdbDevice Device, IReadOnlyList<CdbStream> Streams);

/// <summary>The devices and streams of an export.</summary>
internal static class ExportTree
{
    public static async ValueTask<IReadOnlyList<ExportedDevice>> OfUserAsync(ICdbClient client, CdbPath user, CancellationToken cancellation)
    {
        List<CdbDevice> devices = [];
        await foreach (CdbDevice device in client.ListDevicesAsync(user, cancellation).ConfigureAwait(false))
        {
            devices.Add(device);
        }

        List<ExportedDevice> all = [];
        foreach (CdbDevice device in devices)
        {
            all.Add(await OfDeviceAsync(client, device, cancellation).ConfigureAwait(false));
        }

        return all;
    }

    public static async ValueTask<ExportedDevice> OfDeviceAsync(ICdbClient client, CdbDevice device, CancellationToken cancellation)
    {
        List<CdbStream> streams = [];
        await foreach (CdbStream stream in client.ListStreamsAsync(device.GetPath(), cancellation).ConfigureAwait(false))
        {
            streams.Add(stream);
        }

        return new ExportedDevice(device, streams);
    }

    /// <summary>Counts the datapoints of the streams and their downlinks.</summary>
    public static async ValueTask<long> CountAsync(ICdbClient client, IEnumerable<CdbStream> streams, CancellationToken cancellation)
    {
        long count = 0;
        foreach (CdbStream stream in streams)
        {
            count += await client.CountAsync(stream.GetPath(), cancellation).ConfigureAwait(false);
            if (stream.Downlink)
            {
                count += await client.CountAsync(stream.GetPath().ToDownlink(), cancellation).ConfigureAwait(false);
            }
        }

        return count;
    }
}
