using System.Diagnostics.Metrics;

namespace ConnectorDb.Server.Metrics;

/// <summary>The instruments of the server itself: datapoints, logins, websockets and the process.</summary>
internal sealed class ServerMetrics
{
    private long _datapoints;
    private long _failedLogins;
    private long _webSockets;
    private long _subscriptions;
    private long _slowReaders;

    // All instruments are observable: they report 0 from the start, and counting costs one interlocked addition whether anyone scrapes or not.
    public ServerMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MetricsCollector.OwnMeters + "Server");
        meter.CreateObservableCounter("datapoints_inserted_total", () => Volatile.Read(ref _datapoints), description: "Datapoints written by clients.");
        meter.CreateObservableCounter("logins_failed_total", () => Volatile.Read(ref _failedLogins), description: "Logins that failed.");
        meter.CreateObservableUpDownCounter("websockets", () => Volatile.Read(ref _webSockets), description: "Open websockets.");
        meter.CreateObservableUpDownCounter("subscriptions", () => Volatile.Read(ref _subscriptions), description: "Subscriptions over websockets.");
        meter.CreateObservableCounter("websockets_slow_total", () => Volatile.Read(ref _slowReaders), description: "Websockets that were closed because the client did not read.");
        meter.CreateObservableCounter("process_cpu_seconds_total", () => Environment.CpuUsage.TotalTime.TotalSeconds, description: "Processor time used.");
        meter.CreateObservableGauge("process_memory_bytes", () => Environment.WorkingSet, description: "Memory of the process in RAM.");
        meter.CreateObservableGauge("process_heap_bytes", () => GC.GetTotalMemory(forceFullCollection: false), description: "Memory used by objects.");
        meter.CreateObservableGauge("process_threads", () => (long)ThreadPool.ThreadCount, description: "Threads in the thread pool.");
    }

    /// <summary>Subscriptions over websockets.</summary>
    public long Subscriptions => Volatile.Read(ref _subscriptions);

    public void AddInserted(long datapoints) => Interlocked.Add(ref _datapoints, datapoints);

    public void AddFailedLogin() => Interlocked.Increment(ref _failedLogins);

    /// <summary>Websockets that were closed because the client did not read.</summary>
    public long SlowReaders => Volatile.Read(ref _slowReaders);

    public void AddSlowReader() => Interlocked.Increment(ref _slowReaders);

    /// <param name="change">1 when one opens, -1 when one closes.</param>
    /// <returns>The number that is open after the change.</returns>
    public long AddWebSockets(int change) => Interlocked.Add(ref _webSockets, change);

    /// <param name="change">1 when one begins, -1 when one ends.</param>
    public void AddSubscriptions(int change) => Interlocked.Add(ref _subscriptions, change);
}
