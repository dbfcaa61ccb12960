using System.Collections.Concurrent;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>Calls back when a login ends: its key, password or session was changed or removed, or its device.</summary>
/// <remarks>One number tells whether anything about logins has changed, so that other commits cost one short read.</remarks>
/// <param name="holds">True while a login is valid.</param>
internal sealed class LoginWatches(IStore store, Func<IStoreReader, Login, bool> holds)
{
    private readonly ConcurrentDictionary<Entry, bool> _entries = new();
    private readonly object _gate = new();
    private IDisposable? _watch;
    private long _version = -1;

    /// <param name="ended">
    /// Called at most once, on the thread pool, within a tenth of a second after the login has ended. It must not throw. It may still run when the watch has ended meanwhile.
    /// </param>
    /// <returns>Ends the watch.</returns>
    public IDisposable Watch(Login login, Action ended)
    {
        Entry entry = new(this, login, ended);
        lock (_gate)
        {
            _entries[entry] = true;
            _watch ??= store.Watch(Look);
        }

        // The login can have ended before it was watched.
        try
        {
            if (!store.Read(reader => holds(reader, login), CancellationToken.None))
            {
                entry.End();
            }

            return entry;
        }
        catch
        {
            entry.Dispose();
            throw;
        }
    }

    public void StopWatching()
    {
        lock (_gate)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            _entries.TryRemove(entry, out _);
            if (_entries.IsEmpty)
            {
                StopWatching();
            }
        }
    }

    private void Look()
    {
        try
        {
            (long version, Entry[] entries, HashSet<Login> ended) = store.Read(
                reader =>
                {
                    // The version is read before the entries: an entry that is added later checks its login itself, in the same or a later state.
                    long now = reader.LoginVersion;
                    Entry[] all = now == _version ? [] : [.. _entries.Keys];
                    return (now, all, all.Select(entry => entry.Login).Distinct().Where(login => !holds(reader, login)).ToHashSet());
                },
                CancellationToken.None);
            _version = version;
            foreach (Entry entry in entries.Where(entry => ended.Contains(entry.Login)))
            {
                entry.End();
            }
        }
        catch (StoreException)
        {
            // The logins are looked at again after the next commit.
        }
    }

    /// <summary>A watched login. Its callback runs on the thread pool: the end of the last watch waits for <see cref="Look"/>, which must therefore wait for nobody.</summary>
    private sealed class Entry(LoginWatches watches, Login login, Action ended) : IDisposable, IThreadPoolWorkItem
    {
        private int _isOver;

        public Login Login => login;

        public void End() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        void IThreadPoolWorkItem.Execute()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                ended();
            }
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _isOver, 1);
            watches.Leave(this);
        }
    }
}
