using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>Copies users, devices and streams with their passwords and keys, and changes those that differ.</summary>
internal sealed class TreeTransfer(IStore from, IStore to, CancellationToken cancellation)
{
    /// <summary>The streams that are created in one transaction.</summary>
    private const int MostStreams = 500;

    /// <summary>The streams, each after it is in the copy.</summary>
    public IEnumerable<StreamPair> Run()
    {
        foreach (UserRecord user in from.Read(source => source.ListUsers().ToList(), cancellation))
        {
            UserRecord userCopy = Put(user);
            foreach (DeviceRecord device in from.Read(source => source.ListDevices(user).ToList(), cancellation))
            {
                DeviceRecord deviceCopy = Put(device, userCopy);
                foreach (StreamRecord[] streams in from.Read(source => source.ListStreams(device).ToList(), cancellation).Chunk(MostStreams))
                {
                    foreach (StreamPair pair in Put(streams, deviceCopy))
                    {
                        yield return pair;
                    }
                }
            }
        }
    }

    private UserRecord Put(UserRecord user)
    {
        UserRecord? known = to.Read(copy => copy.FindUser(user.Path), cancellation);
        UserRecord wanted = user with { Id = known?.Id ?? 0 };
        return known == wanted ? known : to.Write(
            copy =>
            {
                if (known is null)
                {
                    return copy.Add(wanted);
                }

                copy.Change(wanted);
                return wanted;
            },
            cancellation);
    }

    private DeviceRecord Put(DeviceRecord device, UserRecord user)
    {
        DeviceRecord? known = to.Read(copy => copy.FindDevice(device.Path), cancellation);
        DeviceRecord wanted = device with { Id = known?.Id ?? 0, UserId = user.Id };
        return known is not null && IsSame(known, wanted) ? known : to.Write(
            copy =>
            {
                if (known is null)
                {
                    return copy.Add(wanted);
                }

                copy.Change(wanted);
                return wanted;
            },
            cancellation);
    }

    /// <summary>Compares the keys by their bytes, which a record does not.</summary>
    private static bool IsSame(DeviceRecord one, DeviceRecord other)
        => one with { KeyHash = null, SealedKey = null } == other with { KeyHash = null, SealedKey = null }
            && one.KeyHash.AsSpan().SequenceEqual(other.KeyHash) && one.SealedKey.AsSpan().SequenceEqual(other.SealedKey);

    private List<StreamPair> Put(StreamRecord[] streams, DeviceRecord device)
    {
        List<StreamPair> known = to.Read(
            copy => streams.Where(stream => copy.FindStream(stream.Path) is not null).Select(stream => new StreamPair(stream, copy.FindStream(stream.Path)!)).ToList(),
            cancellation);
        return known.Count == streams.Length && known.TrueForAll(pair => pair.Copy == Wanted(pair)) ? known : to.Write(
            copy => streams.Select(stream => Put(copy, stream, device)).ToList(),
            cancellation);
    }

    private static StreamPair Put(IStoreWriter copy, StreamRecord stream, DeviceRecord device)
    {
        if (copy.FindStream(stream.Path) is not { } known)
        {
            return new StreamPair(stream, copy.Add(stream with { Id = 0, DeviceId = device.Id }));
        }

        StreamRecord wanted = Wanted(new StreamPair(stream, known));
        if (known.DownlinkNumber != wanted.DownlinkNumber)
        {
            copy.Clear(known.KeyOf(downlink: true));
        }

        copy.Change(wanted);
        return new StreamPair(stream, wanted);
    }

    private static StreamRecord Wanted(StreamPair pair) => pair.Source with { Id = pair.Copy.Id, DeviceId = pair.Copy.DeviceId };
}
