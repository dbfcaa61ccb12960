using ConnectorDb.Polling;

namespace ConnectorDb.Contracts;

/// <summary>Measures many things, each at its own pace. Safe for many threads.</summary>
public interface IPoller : IAsyncDisposable
{
    /// <summary>All items, by name.</summary>
    IReadOnlyList<PollItemStatus> Items { get; }

    PollerStatus GetStatus();

    /// <exception cref="NameTakenException">There is one of this name.</exception>
    /// <exception cref="InvalidValueException">It lacks something.</exception>
    /// <exception cref="NotFoundException">There is no such sampler.</exception>
    void Add(PollItem item);

    /// <summary>Checks an item that is to be added, without adding it.</summary>
    /// <inheritdoc cref="Add"/>
    void CheckToAdd(PollItem item);

    /// <exception cref="NotFoundException">There is none of this name.</exception>
    PollItemStatus Find(string name);

    /// <exception cref="NotFoundException">There is none of this name.</exception>
    void Remove(string name);

    void Start();

    /// <summary>Stops running measurements, and writes the remaining values.</summary>
    /// <param name="limit">How long to wait for measurements that do not end.</param>
    Task StopAsync(TimeSpan limit);
}
