using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage;

/// <summary>One consistent state of a store. Valid only during the piece of work that it was given to.</summary>
public interface IStoreReader
{
    /// <summary>Another number after each change of users, devices or streams, or after a truncation; the same as long as there was none.</summary>
    long TreeVersion { get; }

    /// <summary>Another number after each change or removal of a user or device, and after the removal of a session.</summary>
    long LoginVersion { get; }

    /// <summary>The lowest count to which the sequence was truncated after a version of the tree; null when it was not.</summary>
    long? LowestCount(SequenceKey key, long afterTreeVersion);

    UserRecord? FindUser(CdbPath path);

    /// <summary>The user of this name or e-mail address, in any case.</summary>
    UserRecord? FindUserByLogin(string nameOrEmail);

    DeviceRecord? FindDevice(CdbPath path);

    DeviceRecord? FindDeviceByKey(byte[] keyHash);

    /// <summary>The device of this id; null when it was removed.</summary>
    DeviceRecord? FindDevice(long id);

    /// <summary>The session whose token has this SHA-256 hash.</summary>
    SessionRecord? FindSession(byte[] tokenHash);

    SessionRecord? FindSession(long id);

    /// <summary>The sessions of a device; the last used first.</summary>
    IReadOnlyList<SessionRecord> ListSessions(DeviceRecord device);

    /// <summary>The sessions of the devices of a user, or of all users; the last used first.</summary>
    IReadOnlyList<SessionRecord> ListSessions(UserRecord? user);

    StreamRecord? FindStream(CdbPath path);

    /// <summary>The users with names after a name, by name. They are read while they are asked for, one list at a time.</summary>
    IEnumerable<UserRecord> ListUsers(string after = "");

    /// <summary>The devices of a user with names after a name, by name. They are read while they are asked for, one list at a time.</summary>
    IEnumerable<DeviceRecord> ListDevices(UserRecord user, string after = "");

    /// <summary>The streams of a device with names after a name, by name. They are read while they are asked for, one list at a time.</summary>
    IEnumerable<StreamRecord> ListStreams(DeviceRecord device, string after = "");

    /// <summary>The streams of some devices whose path or nickname contains a text, and that have all labels, by path, after a path. They are read while they are asked for, one list at a time.</summary>
    /// <param name="text">In any case; the empty text for any path, with at least one label.</param>
    /// <param name="isListed">Whether the streams of the device of an id are wanted.</param>
    /// <param name="step">Called for each value that is compared with a label, and for each device that is looked through.</param>
    IEnumerable<StreamRecord> FindStreams(string text, IReadOnlyList<LabelPattern> labels, CdbPath? after, Func<long, bool> isListed, Action step);

    TreeCounts CountTree();

    long CountDevices(UserRecord user);

    long CountStreams(DeviceRecord device);

    /// <summary>How many datapoints the sequence holds, and the time of the newest.</summary>
    SequenceEnd End(SequenceKey key);

    /// <summary>Reads datapoints from an index: at least one and at most one segment; empty when there are none before <paramref name="to"/>.</summary>
    Block Read(SequenceKey key, long from, long to);

    /// <summary>
    /// The next runs of datapoints from index <paramref name="from"/> on, without a gap, none from <paramref name="to"/> on;
    /// none when there are no datapoints.
    /// </summary>
    /// <param name="key">The sequence.</param>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="most">Maximum number of slices; fewer are returned when they are large.</param>
    /// <param name="isWanted">Selects the slices to load; of the others, only the statistics are returned. Null for all.</param>
    IReadOnlyList<SegmentSlice> Load(SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted);

    /// <summary>The statistics of all segments between two indices; null when there is no whole one.</summary>
    SegmentSlice? WholeSegments(SequenceKey key, long from, long to);

    /// <summary>The index of the first datapoint later than <paramref name="t"/>; the count when there is none.</summary>
    long IndexOfTime(SequenceKey key, double t);

    /// <summary>The receipt of an append of the device with that identity; null when there was none, or long ago.</summary>
    Receipt? FindReceipt(long deviceId, string id);

    /// <summary>Summarizes the datapoints from an index up to another.</summary>
    SequenceSummary Summarize(SequenceKey key, long from, long to);
}
