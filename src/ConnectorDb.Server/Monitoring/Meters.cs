using System.Collections.Concurrent;

namespace ConnectorDb.Server.Monitoring;

/// <summary>What the server counts of itself.</summary>
internal sealed class Meters
{
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), RequestMeter> _requests = new();
    private long _datapoints;
    private long _failedLogins;
    private int _sockets;
    private int _subscriptions;

    public long Datapoints => Volatile.Read(ref _datapoints);

    public long FailedLogins => Volatile.Read(ref _failedLogins);

    /// <summary>Websockets that are open.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>Subscriptions over websockets.</summary>
    public int Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>As they are at one moment: whoever copies the dictionary itself in two steps fails when a request ends in between.</summary>
    public IReadOnlyList<KeyValuePair<(string Method, string Route, int Status), RequestMeter>> Requests => _requests.ToArray();

    public void Inserted(long datapoints) => Interlocked.Add(ref _datapoints, datapoints);

    public void LoginFailed() => Interlocked.Increment(ref _failedLogins);

    public void Answered(string method, string route, int status, TimeSpan duration)
        => _requests.GetOrAdd((method, route, status), _ => new RequestMeter()).Add(duration);

    /// <param name="change">1 for one that opens, -1 for one that closes.</param>
    /// <returns>How many are open then.</returns>
    public int SocketsBy(int change) => Interlocked.Add(ref _sockets, change);

    /// <param name="change">1 for one that begins, -1 for one that ends.</param>
    public void SubscriptionsBy(int change) => Interlocked.Add(ref _subscriptions, change);
}
