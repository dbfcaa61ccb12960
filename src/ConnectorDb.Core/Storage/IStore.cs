namespace ConnectorDb.Core.Storage;

/// <summary>
/// Where the tree and the datapoints lie. Its state is seen and changed only in short pieces of work: a read sees one
/// consistent state and holds up nobody; a write is one transaction, on disk when it returns. All members may be called
/// by many threads, and throw <see cref="StoreException"/> when the store cannot do its work.
/// </summary>
public interface IStore : IDisposable
{
    /// <summary>The file, or the address, of the store.</summary>
    string Location { get; }

    /// <summary>Tells this store from all others, also when it is moved.</summary>
    Guid Id { get; }

    /// <summary>Looks at one consistent state.</summary>
    T Read<T>(Func<IStoreReader, T> work, CancellationToken cancellation);

    /// <summary>
    /// Changes the state: all that the work does, or nothing when it throws. The work may be run more than once, so it
    /// must not change anything but the store.
    /// </summary>
    T Write<T>(Func<IStoreWriter, T> work, CancellationToken cancellation);

    /// <summary>As <see cref="Write"/>, but while others write no thread waits.</summary>
    ValueTask<T> WriteAsync<T>(Func<IStoreWriter, T> work, CancellationToken cancellation);

    /// <summary>
    /// Calls back after each commit, of whomever, within a tenth of a second; once for several that come close together,
    /// and one call at a time. When the store cannot say whether there was one, it calls, too.
    /// </summary>
    /// <param name="changed">Must not throw, nor wait for what may be disposing the watch.</param>
    /// <returns>What ends the watch, before the store itself is disposed; then nothing is called any more.</returns>
    IDisposable Watch(Action changed);
}
