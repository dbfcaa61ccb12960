using ConnectorDb.Contracts;

namespace ConnectorDb;

/// <summary>A database that someone is logged in to.</summary>
public sealed class CdbConnection : IDisposable
{
    private static int s_lastId;
    private readonly ICdbClient _client;
    private int _closed;

    /// <summary>Takes over the client: closing the connection closes it.</summary>
    public CdbConnection(ICdbClient client, string version, DateTimeOffset opened)
    {
        _client = client;
        Version = version;
        Opened = opened;
    }

    /// <summary>The number of the connection, unique in this process.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>The file, or the address, of the database.</summary>
    public string Location => _client.Location;

    /// <summary>The device logged in as.</summary>
    public string Identity => _client.Identity.ToString();

    /// <summary>The version the database runs.</summary>
    public string Version { get; }

    public DateTimeOffset Opened { get; }

    /// <summary>True when the store did not exist and was made for this connection.</summary>
    public bool IsNew { get; internal init; }

    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <exception cref="StoreException">The connection is closed.</exception>
    internal ICdbClient Client => IsOpen
        ? _client
        : throw new StoreException(StoreFault.Closed, $"The connection to '{Location}' is closed; open another with Connect-Cdb.", Location);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override string ToString() => $"{Identity} at {Location}";
}
