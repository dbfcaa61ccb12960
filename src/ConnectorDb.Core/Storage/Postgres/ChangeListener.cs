using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Listens for the notices of all servers on one connection, and calls the watches; also each second, so that a lost notice is only a delay.</summary>
internal sealed class ChangeListener : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _source;
    private readonly CancellationTokenSource _ended = new();
    private readonly object _gate = new();
    private readonly List<Watch> _watches = [];
    private NpgsqlConnection? _first;
    private Task? _listening;

    public ChangeListener(NpgsqlDataSource source) => _source = source;

    /// <summary>Adds a callback that is called after each commit.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public IDisposable Add(Action changed)
    {
        lock (_gate)
        {
            if (_listening is null)
            {
                _first = Open();
                _listening = Task.Run(ListenAsync);
            }

            Watch watch = new(this, changed);
            _watches.Add(watch);
            return watch;
        }
    }

    public void Dispose()
    {
        Task? listening;
        lock (_gate)
        {
            _ended.Cancel();
            listening = _listening;
        }

        listening?.GetAwaiter().GetResult();
        _ended.Dispose();
    }

    private async Task ListenAsync()
    {
        NpgsqlConnection? connection = _first;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                connection ??= Open();
                await connection.WaitAsync(s_period, _ended.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                continue;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or ObjectDisposedException)
            {
                connection?.Dispose();
                connection = null;
                await Task.Delay(s_period, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            CallAll();
        }

        connection?.Dispose();
    }

    private NpgsqlConnection Open()
    {
        NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlCommand command = new($"LISTEN {ChangeNotice.Channel}", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    private void CallAll()
    {
        Watch[] watches;
        lock (_gate)
        {
            watches = [.. _watches];
        }

        Array.ForEach(watches, watch => watch.Call());
    }

    private sealed class Watch(ChangeListener listener, Action changed) : IDisposable
    {
        private readonly object _calling = new();
        private bool _isEnded;

        public void Call()
        {
            lock (_calling)
            {
                if (!_isEnded)
                {
                    changed();
                }
            }
        }

        /// <summary>Waits for a running callback.</summary>
        public void Dispose()
        {
            lock (listener._gate)
            {
                listener._watches.Remove(this);
            }

            lock (_calling)
            {
                _isEnded = true;
            }
        }
    }
}
