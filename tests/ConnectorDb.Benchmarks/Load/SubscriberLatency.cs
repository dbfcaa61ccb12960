using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>
/// The time from sending an insert until its datapoint is with the subscribers, over websockets. One thread sends, and waits for all of
/// them at once, so that only the server and the waking of one thread are measured.
/// </summary>
internal sealed class SubscriberLatency : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly ServerUnderLoad _server;
    private readonly RawConnection _writer;
    private readonly Dictionary<Socket, RawSubscriber> _subscribers;
    private readonly long[] _sent;
    private readonly Latencies _answered = new();
    private readonly Latencies _arrived = new();

    private SubscriberLatency(ServerUnderLoad server, int subscribers, int inserts)
    {
        _server = server;
        _sent = new long[inserts];
        _writer = new RawConnection(server.Insert(0));
        _subscribers = Enumerable.Range(0, subscribers)
            .Select(_ => new RawSubscriber(server.Insert(0), server.Authorization, "me/user/load0"))
            .ToDictionary(subscriber => subscriber.Socket);
    }

    public static void Measure(ServerUnderLoad server, TimeSpan duration)
    {
        Console.WriteLine("| subscribers | inserts | answered p50 ms | p50 ms to one | p99 ms to one | processor µs an insert |");
        Console.WriteLine("|---|---|---|---|---|---|");
        int inserts = (int)(duration / s_pause);
        foreach (int subscribers in (int[])[1, 64])
        {
            using (SubscriberLatency warmUp = new(server, subscribers, inserts / 10))
            {
                warmUp.Run();
            }

            using SubscriberLatency measured = new(server, subscribers, inserts);
            server.Begin();
            measured.Run();
            double micros = server.Cpu.TotalMicroseconds / inserts;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {subscribers} | {inserts} | {measured._answered.Quantile(0.5):0.00} | {measured._arrived.Quantile(0.5):0.00} | {measured._arrived.Quantile(0.99):0.00} | {micros:0} |"));
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        foreach (RawSubscriber subscriber in _subscribers.Values)
        {
            subscriber.Dispose();
        }
    }

    /// <summary>An insert a while after the one before was answered, until all have arrived everywhere.</summary>
    private void Run()
    {
        for (int i = 0; i < _sent.Length; i++)
        {
            _sent[i] = Send(i);
            while (_answered.Count <= i)
            {
                Receive(s_patience);
            }

            long answered = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(answered) < s_pause)
            {
                Receive(s_tick);
            }
        }

        while (_arrived.Count < _sent.Length * _subscribers.Count)
        {
            Receive(s_patience);
        }
    }

    /// <returns>When it was sent.</returns>
    private long Send(int number)
    {
        byte[] request = RawConnection.Request(_server.Insert(0), _server.Authorization, $$"""[{"d":{{number}}}]""");
        long now = Stopwatch.GetTimestamp();
        _writer.Send(request);
        return now;
    }

    /// <summary>Reads the first frame, and all that are there by then.</summary>
    private void Receive(TimeSpan patience)
    {
        List<Socket> ready = [_writer.Socket, .. _subscribers.Keys];
        Socket.Select(ready, null, null, patience);
        foreach (Socket socket in ready)
        {
            if (_subscribers.TryGetValue(socket, out RawSubscriber? subscriber))
            {
                subscriber.Read(number => _arrived.Add(Stopwatch.GetTimestamp() - _sent[number]));
            }
            else
            {
                _writer.Receive();
                _answered.Add(Stopwatch.GetTimestamp() - _sent[_answered.Count]);
            }
        }
    }
}
