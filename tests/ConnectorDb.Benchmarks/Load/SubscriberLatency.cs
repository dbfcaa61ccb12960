using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

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

    /// <summary>Until the last insert has arrived.</summary>
    private static async Task<Latencies> ReceiveAsync(ClientWebSocket socket, long[] sent)
    {
        Latencies latencies = new();
        byte[] buffer = new byte[64 << 10];
        while (true)
        {
            WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            long now = Stopwatch.GetTimestamp();
            foreach (JsonElement point in Data(buffer.AsMemory(0, result.Count)))
            {
                int index = point.GetProperty("d").GetInt32();
                latencies.Add(now - Volatile.Read(ref sent[index]));
                if (index == sent.Length - 1)
                {
                    return latencies;
                }
            }
        }
    }

    private static JsonElement.ArrayEnumerator Data(ReadOnlyMemory<byte> message)
    {
        JsonElement root = JsonDocument.Parse(message).RootElement;
        return root.TryGetProperty("data", out JsonElement data) ? data.EnumerateArray() : default;
    }
}
