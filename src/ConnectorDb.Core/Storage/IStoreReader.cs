using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage;

/// <summary>One consistent state of a store. Valid only during the piece of work that it was given to.</summary>
public interface IStoreReader
{
    /// <summary>Another number after each change of users, devices or streams; the same as long as there was none.</summary>
    long TreeVersion { get; }

    UserRecord? FindUser(CdbPath path);

    /// <summary>The user of this name or e-mail address, in any case.</summary>
    UserRecord? FindUserByLogin(string nameOrEmail);

    DeviceRecord? FindDevice(CdbPath path);

    DeviceRecord? FindDeviceByKey(byte[] keyHash);

    StreamRecord? FindStream(CdbPath path);

    /// <summary>All users by name.</summary>
    IReadOnlyList<UserRecord> ListUsers();

    /// <summary>The devices of a user by name.</summary>
    IReadOnlyList<DeviceRecord> ListDevices(UserRecord user);

    /// <summary>The streams of a device by name.</summary>
    IReadOnlyList<StreamRecord> ListStreams(DeviceRecord device);

    TreeCounts CountTree();

    /// <summary>How many datapoints the sequence holds, and the time of the newest.</summary>
    SequenceEnd End(SequenceKey key);

    /// <summary>
    /// Datapoints from index <paramref name="from"/> on: as many as lie handily together, but at least one and none from
    /// <paramref name="to"/> on. Empty when there are none.
    /// </summary>
    Block Read(SequenceKey key, long from, long to);

    /// <summary>
    /// The next runs of datapoints from index <paramref name="from"/> on, without a gap, none from <paramref name="to"/> on;
    /// none when there are no datapoints.
    /// </summary>
    /// <param name="key">Whose datapoints.</param>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="most">So many runs at most are taken out, fewer when they are heavy.</param>
    /// <param name="isWanted">Which runs to take out, asked for each in turn; of the others only what is known of their segments is told. Null for all.</param>
    IReadOnlyList<SegmentSlice> Load(SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted);

    /// <summary>What is known without looking at any of them of all segments that lie wholly between two indices; null when none does.</summary>
    SegmentSlice? WholeSegments(SequenceKey key, long from, long to);

    /// <summary>The index of the first datapoint later than <paramref name="t"/>; the count when there is none.</summary>
    long IndexOfTime(SequenceKey key, double t);

    /// <summary>The receipt of an append of the device with that identity; null when there was none, or long ago.</summary>
    Receipt? FindReceipt(long deviceId, string id);

    /// <summary>What can be said of the datapoints from index <paramref name="from"/> to before <paramref name="to"/>.</summary>
    SequenceSummary Summarize(SequenceKey key, long from, long to);
}
