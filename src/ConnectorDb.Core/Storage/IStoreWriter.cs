using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage;

/// <summary>A transaction. Valid only during the piece of work that it was given to.</summary>
public interface IStoreWriter : IStoreReader
{
    /// <summary>Keeps the user; the answer has the number it was given.</summary>
    /// <exception cref="NameTakenException">There is one of this name or e-mail address already.</exception>
    UserRecord Add(UserRecord user);

    /// <summary>Keeps the device; the answer has the number it was given.</summary>
    /// <exception cref="NameTakenException">There is one of this name or key already.</exception>
    DeviceRecord Add(DeviceRecord device);

    /// <summary>Keeps the stream; the answer has the number it was given.</summary>
    /// <exception cref="NameTakenException">There is one of this name already.</exception>
    StreamRecord Add(StreamRecord stream);

    /// <summary>Stores a new session; the result has its id.</summary>
    SessionRecord Add(SessionRecord session, byte[] tokenHash);

    /// <summary>Sets the time of the latest request, in unix seconds.</summary>
    void Use(SessionRecord session, double now);

    void Remove(SessionRecord session);

    /// <summary>Removes all sessions of a device.</summary>
    void RemoveSessions(DeviceRecord device);

    /// <summary>Removes the sessions that expired before a time, or that were not used since another, in unix seconds.</summary>
    void RemoveSessions(double expiredBefore, double unusedSince);

    /// <summary>Puts the record in the place of the one with its number.</summary>
    void Change(UserRecord user);

    /// <inheritdoc cref="Change(UserRecord)"/>
    void Change(DeviceRecord device);

    /// <inheritdoc cref="Change(UserRecord)"/>
    void Change(StreamRecord stream);

    /// <summary>Removes the user with its devices, streams and datapoints.</summary>
    void Remove(UserRecord user);

    /// <summary>Removes the device with its streams and datapoints.</summary>
    void Remove(DeviceRecord device);

    /// <summary>Removes the stream with its datapoints.</summary>
    void Remove(StreamRecord stream);

    /// <summary>Puts the block at the end of the sequence. Its times are in order and not before the newest there.</summary>
    void Append(SequenceKey key, Block block) => Append(key, _ => block);

    /// <summary>Appends the block that <paramref name="fit"/> returns for the current end of the sequence.</summary>
    void Append(SequenceKey key, Func<SequenceEnd, Block> fit);

    /// <summary>
    /// Puts the datapoints into the sequence at their places by time. A datapoint at the time of another replaces it, of several there the last;
    /// an equal one changes nothing. A change before the end is remembered as a truncation, see <see cref="Truncate"/>.
    /// </summary>
    /// <param name="key">The sequence.</param>
    /// <param name="block">In the order of their times, each time once: <see cref="SequenceMerge.Order"/>.</param>
    MergeResult Merge(SequenceKey key, Block block);

    /// <summary>Keeps the receipt, and forgets those from before <paramref name="oldest"/>, in unix seconds.</summary>
    void Keep(Receipt receipt, double oldest);

    /// <summary>Deletes the newest datapoints of the sequence, so that it has <paramref name="count"/>; counts as a change of the tree, so that subscriptions notice it, and is remembered for <see cref="IStoreReader.LowestCount"/>.</summary>
    void Truncate(SequenceKey key, long count);

    /// <summary>Deletes all datapoints of the sequence, whose key should not be used again.</summary>
    void Clear(SequenceKey key);
}
