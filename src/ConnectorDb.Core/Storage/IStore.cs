namespace ConnectorDb.Core.Storage;

/// <summary>A store of the tree and the datapoints.</summary>
/// <remarks>
/// A read sees one consistent state and blocks nobody. A write is one transaction, on disk when it returns. All members are safe for many
/// threads and throw <see cref="StoreException"/>.
/// </remarks>
public interface IStore : IDisposable
{
    /// <summary>The file, or the address, of the store.</summary>
    string Location { get; }

    /// <summary>Tells this store from all others, also when it is moved.</summary>
    Guid Id { get; }

    /// <summary>True when the store did not exist and was made at opening.</summary>
    bool IsNew { get; }

    /// <summary>Looks at one consistent state.</summary>
    T Read<T>(Func<IStoreReader, T> work, CancellationToken cancellation);

    /// <summary>
    /// Changes the state: all that the work does, or nothing when it throws. The work may be run more than once, so it
    /// must not change anything but the store.
    /// </summary>
    T Write<T>(Func<IStoreWriter, T> work, CancellationToken cancellation);

    /// <summary>As <see cref="Write"/>, but while others write no thread waits.</summary>
    ValueTask<T> WriteAsync<T>(Func<IStoreWriter, T> work, CancellationToken cancellation);

    /// <summary>Takes a role that one of all processes with this store has at a time; null while another has it. Files do not tell their processes apart, and give it to each.</summary>
    IStoreLease? TryHold(string role) => new SoleLease();

    /// <summary>Calls back within 0.1 s after each commit by any process; once for several close commits, one call at a time, and also when the store cannot tell.</summary>
    /// <param name="changed">The callback. It must not throw, nor wait for the disposal of the watch.</param>
    /// <returns>Ends the watch; must be disposed before the store. No callback runs after its disposal.</returns>
    IDisposable Watch(Action changed);
}
