using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>Polls SQLite several times a second for commits of any process.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(50);
    private readonly ReaderPool<SqliteState> _readers;
    private readonly SqliteState _state;
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;

    /// <param name="changed">The callback. It runs after an error, too, so that subscribers see the error themselves.</param>
    public ChangeWatch(ReaderPool<SqliteState> readers, Action changed, TimeProvider time)
    {
        _readers = readers;
        _state = readers.Take();
        _timer = new PeriodicTimer(s_period, time);
        _watching = WatchAsync(Version(), changed);
    }

    /// <summary>Stops the thread; no callback runs after the return.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _watching.GetAwaiter().GetResult();
        _readers.Return(_state);
    }

    private async Task WatchAsync(long? seen, Action changed)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            long? version = Version();
            if (version is null || version != seen)
            {
                seen = version;
                changed();
            }
        }
    }

    /// <summary>A number that another connection's commit changes; null when the file cannot be asked.</summary>
    private long? Version()
    {
        try
        {
            using Row row = _state.Session["PRAGMA data_version"].Query();
            row.Read();
            return row.Integer(0);
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
