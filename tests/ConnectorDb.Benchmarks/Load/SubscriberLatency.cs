using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>How long after the insert is sent its datapoint is with the subscribers, over websockets.</summary>
internal static class SubscriberLatency
{
    private const int Pause = 5;

    public static async Task MeasureAsync(ServerUnderLoad server, TimeSpan duration)
    {
        Console.WriteLine("| subscribers | inserts | p50 ms to one | p99 ms to one |");
        Console.WriteLine("|---|---|---|---|");
        foreach (int subscribers in (int[])[1, 64])
        {
            (int inserts, Latencies latencies) = await MeasureAsync(server, subscribers, duration);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {subscribers} | {inserts} | {latencies.Quantile(0.5):0.00} | {latencies.Quantile(0.99):0.00} |"));
        }
    }

    private static async Task<(int Inserts, Latencies Latencies)> MeasureAsync(ServerUnderLoad server, int subscribers, TimeSpan duration)
    {
        Uri insert = server.Insert(0);
        int count = (int)(duration.TotalMilliseconds / Pause);
        long[] sent = new long[count];
        List<ClientWebSocket> sockets = [];
        for (int i = 0; i < subscribers; i++)
        {
            sockets.Add(await SubscribeAsync(server, insert));
        }

        Task<Latencies>[] received = [.. sockets.Select(socket => Task.Run(() => ReceiveAsync(socket, sent)))];
        using RawConnection connection = new(insert);
        for (int i = 0; i < count; i++)
        {
            byte[] request = RawConnection.Request(insert, server.Authorization, $$"""[{"d":{{i}}}]""");
            Volatile.Write(ref sent[i], Stopwatch.GetTimestamp());
            await connection.SendAsync(request);
            await Task.Delay(Pause);
        }

        Latencies all = new();
        foreach (Latencies one in await Task.WhenAll(received))
        {
            all.Add(one);
        }

        sockets.ForEach(socket => socket.Dispose());
        return (count, all);
    }

    private static async Task<ClientWebSocket> SubscribeAsync(ServerUnderLoad server, Uri insert)
    {
        ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Authorization", server.Authorization);
        await socket.ConnectAsync(new Uri($"ws://{insert.Authority}/api/v1/websocket"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("""{"cmd":"subscribe","arg":"me/user/load0"}"""), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.ReceiveAsync(new byte[4096], CancellationToken.None);
        return socket;
    }

    /// <summary>Until the last insert has arrived. It only looks for the numbers, so that the clients cost little beside the server.</summary>
    private static async Task<Latencies> ReceiveAsync(ClientWebSocket socket, long[] sent)
    {
        Latencies latencies = new();
        byte[] buffer = new byte[64 << 10];
        int index = -1;
        while (index < sent.Length - 1)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            long now = Stopwatch.GetTimestamp();
            for (int at = 0; Next(buffer.AsSpan(0, result.Count), ref at) is { } arrived;)
            {
                index = arrived;
                latencies.Add(now - Volatile.Read(ref sent[index]));
            }
        }

        return latencies;
    }

    /// <summary>The next <c>"d": number</c> of a message.</summary>
    private static int? Next(ReadOnlySpan<byte> message, ref int at)
    {
        ReadOnlySpan<byte> name = "\"d\":"u8;
        int found = message[at..].IndexOf(name);
        if (found < 0)
        {
            return null;
        }

        at += found + name.Length;
        return Utf8Parser.TryParse(message[at..], out int number, out _) ? number : null;
    }
}
