using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>Refuses destinations that are neither empty nor an earlier copy of the source, before anything is written.</summary>
internal static class TransferCheck
{
    /// <exception cref="InvalidValueException">The destination is the source, or has something that is not of it.</exception>
    public static void Run(IStore from, IStore to, CancellationToken cancellation)
    {
        if (from.Id == to.Id)
        {
            throw new InvalidValueException($"'{to.Location}' is the store itself, or a backup of it. Give another file or database.", to.Location);
        }

        List<UserRecord> users = to.Read(reader => reader.ListUsers().ToList(), cancellation);
        List<DeviceRecord> devices = to.Read(reader => users.SelectMany(user => reader.ListDevices(user)).ToList(), cancellation);

        // An API key is random, so that only a copy has the same. A copy that ended early may have no device with a key yet.
        bool isCopy = devices.TrueForAll(device => device.KeyHash is null)
            ? from.Read(source => users.TrueForAll(user => source.FindUser(user.Path)?.PasswordHash == user.PasswordHash), cancellation)
            : from.Read(source => devices.Exists(device => device.KeyHash is { } key && source.FindDeviceByKey(key)?.Path.Equals(device.Path) is true), cancellation);
        if (!isCopy)
        {
            throw new InvalidValueException($"'{to.Location}' has users, and is no copy of '{from.Location}'. Copy to a new file or an empty database.", to.Location);
        }

        if (users.Find(user => from.Read(source => source.FindUser(user.Path), cancellation) is null) is { } surplus)
        {
            throw Surplus(from, to, surplus.Path);
        }

        foreach (DeviceRecord device in devices)
        {
            if (from.Read(source => source.FindDevice(device.Path), cancellation) is null)
            {
                throw Surplus(from, to, device.Path);
            }

            foreach (StreamRecord stream in to.Read(reader => reader.ListStreams(device).ToList(), cancellation))
            {
                Check(from, to, stream, cancellation);
            }
        }
    }

    /// <summary>Refuses destinations as <see cref="Run"/> and the copy of each stream do.</summary>
    /// <inheritdoc cref="Run"/>
    public static void RunWhole(IStore from, IStore to, CancellationToken cancellation)
    {
        Run(from, to, cancellation);
        foreach (StreamRecord copy in to.Read(Streams, cancellation))
        {
            StreamPair pair = new(from.Read(source => source.FindStream(copy.Path), cancellation) ?? throw Surplus(from, to, copy.Path), copy);
            foreach (bool isDownlink in (ReadOnlySpan<bool>)[false, true])
            {
                new SequenceTransfer(from, to, pair, isDownlink, static _ => { }, cancellation).Check();
            }
        }

        static List<StreamRecord> Streams(IStoreReader reader) => [.. reader.ListUsers().SelectMany(user => reader.ListDevices(user)).SelectMany(device => reader.ListStreams(device))];
    }

    /// <summary>The error for a datapoint of the copy that the source has not.</summary>
    /// <param name="time">Its unix time.</param>
    public static InvalidValueException Foreign(IStore from, IStore to, CdbPath path, double time) => new(
        $"'{path}' has a datapoint at {DateTimeOffset.UnixEpoch.AddSeconds(time):yyyy-MM-dd'T'HH:mm:ss.fff'Z'} in '{to.Location}', and none in '{from.Location}': it was written to there, or datapoints were removed here. Nothing was removed. Copy to a new file or an empty database.",
        to.Location);

    private static void Check(IStore from, IStore to, StreamRecord stream, CancellationToken cancellation)
    {
        long count = to.Read(reader => reader.End(stream.KeyOf(downlink: false)).Count, cancellation);
        long? expected = from.Read(source => source.FindStream(stream.Path) is { } found ? source.End(found.KeyOf(downlink: false)).Count : default(long?), cancellation);
        if (expected is null)
        {
            throw Surplus(from, to, stream.Path);
        }

        if (count > expected)
        {
            throw new InvalidValueException(
                $"'{stream.Path}' has {CountText.Of(count, "datapoint")} in '{to.Location}', and {CountText.Of(expected.Value, "datapoint")} in '{from.Location}': it was written to there, or datapoints were removed here. Copy to a new file or an empty database.",
                to.Location);
        }
    }

    private static InvalidValueException Surplus(IStore from, IStore to, CdbPath path)
        => new($"'{to.Location}' has '{path}', and '{from.Location}' has not. Remove it there, or copy to a new file or an empty database.", to.Location);
}
