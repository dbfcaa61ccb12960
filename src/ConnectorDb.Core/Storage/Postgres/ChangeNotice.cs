using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Notifies all servers of commits. Commits within a few milliseconds share a notice.</summary>
/// <remarks>
/// PostgreSQL commits transactions with a notice one after the other, so a notice in each append would slow all servers down to a third. It has a connection of its own
/// and does not wait for the disk: a lost notice only delays, because listeners also check each second.
/// </remarks>
internal sealed class ChangeNotice : IDisposable
{
    public const string Channel = "connectordb";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _changes = new(0, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lazy<Task> _sending;
    private int _isNoted;

    public ChangeNotice(NpgsqlDataSource source)
    {
        _source = source;
        _sending = new Lazy<Task>(() => Task.Run(SendAsync));
    }

    /// <summary>Something was committed.</summary>
    public void Note()
    {
        if (Interlocked.Exchange(ref _isNoted, 1) == 0)
        {
            _ = _sending.Value;
            _changes.Release();
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        if (_sending.IsValueCreated)
        {
            _sending.Value.GetAwaiter().GetResult();
        }

        _ended.Dispose();
        _changes.Dispose();
    }

    private async Task SendAsync()
    {
        NpgsqlConnection? connection = null;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await _changes.WaitAsync(_ended.Token).ConfigureAwait(false);
                Volatile.Write(ref _isNoted, 0);
                if (connection is null)
                {
                    // See WriterConnection.OpenAsync.
                    connection = _source.CreateConnection();
                    await connection.OpenAsync(_ended.Token).ConfigureAwait(false);
                    await RunAsync(connection, "SET synchronous_commit = off").ConfigureAwait(false);
                }

                await RunAsync(connection, $"NOTIFY {Channel}").ConfigureAwait(false);
                await Task.Delay(s_pause, _ended.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
