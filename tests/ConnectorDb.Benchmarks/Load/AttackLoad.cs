using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>
/// The effect of an attack on others: 2,000 subscribers, 200 of which never read, 64 connections that insert, and an administrator's
/// dataset; first without, then with large bodies by nobody and transforms that double a value, then after the attack.
/// </summary>
internal sealed class AttackLoad : IDisposable
{
    private const int Streams = 64;
    private const int Subscribers = 2000;
    private const int NeverReading = 200;
    private const int BodyBytes = 9_800_000;
    private const string Doubling = """{"a":$,"b":$}""";
    private static readonly TimeSpan s_insertPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_attackPause = TimeSpan.FromSeconds(1);

    private readonly ServerUnderLoad _server;
    private readonly List<RawSubscriber> _subscribers = [];
    private readonly string _userKey;
    private readonly string? _attack;
    private long _frames;
    private long _peak;

    private AttackLoad(ServerUnderLoad server, string userKey, string? attack) => (_server, _userKey, _attack) = (server, userKey, attack);

    /// <param name="options">The number of seconds of each part, 30 without it; then <c>bodies</c> or <c>scripts</c> for only that attack.</param>
    public static async Task RunAsync(string[] options)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(options.ElementAtOrDefault(0) ?? "30", CultureInfo.InvariantCulture));
        using ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(Streams);
        using AttackLoad load = new(server, await PrepareAsync(server), options.ElementAtOrDefault(1));
        load.Subscribe();
        Console.WriteLine("| part | inserts/s | insert p50 ms | p99 ms | read p99 ms | dataset p50 ms | p99 ms | frames/s | attacks/s | peak of memory MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        await load.MeasureAsync("warm-up", duration / 3, isAttacked: false);
        await load.MeasureAsync("without attack", duration, isAttacked: false);
        await load.MeasureAsync("with attack", duration, isAttacked: true);
        await load.MeasureAsync("after the attack", duration, isAttacked: false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory at the end: {server.MemoryBytes >> 20} MiB."));
    }

    public void Dispose() => _subscribers.ForEach(subscriber => subscriber.Dispose());

    /// <summary>A user with a stream for the doubling transforms; returns its API key.</summary>
    private static async Task<string> PrepareAsync(ServerUnderLoad server)
    {
        using HttpClient owner = Http(server, server.ApiKey);
        await PostAsync(owner, "crud/me/user/bulk", "{}");
        string user = await PostAsync(owner, "crud/eve", """{"email":"eve@localhost","password":"a long enough password","devices":{"pi":{"role":"writer","streams":{"s":{}}}}}""");
        using HttpResponseMessage device = await owner.GetAsync(new Uri("crud/eve/pi", UriKind.Relative));
        string text = await device.Content.ReadAsStringAsync();
        string key = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("apikey").GetString() ?? throw new InvalidOperationException(user);
        using HttpClient eve = Http(server, key);
        await PostAsync(eve, "crud/eve/pi/s/data", "1");
        return key;
    }

    private void Subscribe()
    {
        for (int i = 0; i < Subscribers; i++)
        {
            bool reads = i >= NeverReading;
            RawSubscriber subscriber = new(new Uri(_server.Root), _server.Authorization, reads ? $"me/user/load{i % Streams}" : "me/user/bulk");
            _subscribers.Add(subscriber);
            if (reads)
            {
                _ = ReadAsync(subscriber.Socket);
            }
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        byte[] buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                Interlocked.Increment(ref _frames);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The measurement has ended.
        }
    }

    private async Task MeasureAsync(string part, TimeSpan duration, bool isAttacked)
    {
        Interlocked.Exchange(ref _frames, 0);
        _peak = 0;
        using CancellationTokenSource end = new(duration);
        Latencies inserts = new();
        Latencies reads = new();
        Latencies datasets = new();
        Latencies attacks = new();
        string dataset = Dataset();
        List<Task> tasks =
        [
            .. Enumerable.Range(0, Streams).Select(i => RepeatAsync(_server.ApiKey, $"crud/me/user/load{i}/data", "1", s_insertPause, inserts, end.Token)),
            RepeatAsync(_server.ApiKey, "crud/me/user/bulk/data", $"\"{new string('x', 10_000)}\"", s_insertPause, null, end.Token),
            RepeatAsync(_server.ApiKey, "crud/me/user/load0/data?q=last", null, s_insertPause / 4, reads, end.Token),
            RepeatAsync(_server.ApiKey, "query/dataset", dataset, TimeSpan.Zero, datasets, end.Token),
            WatchMemoryAsync(end.Token),
        ];
        if (isAttacked && _attack is (null or "bodies"))
        {
            string body = "[" + string.Join(',', Enumerable.Repeat("{\"\":1}", BodyBytes / 7)) + "]";
            tasks.AddRange(Enumerable.Range(0, 8).Select(_ => RepeatAsync(null, "query/merge", body, s_attackPause, attacks, end.Token)));
        }

        if (isAttacked && _attack is (null or "scripts"))
        {
            string script = string.Join(" | ", Enumerable.Repeat(Doubling, 40));
            tasks.AddRange(Enumerable.Range(0, 4).Select(_ => RepeatAsync(_userKey, $"crud/eve/pi/s/data?i1=0&transform={Uri.EscapeDataString(script)}", null, TimeSpan.Zero, attacks, end.Token)));
        }

        await Task.WhenAll(tasks);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {part} | {inserts.Count / duration.TotalSeconds:0} | {inserts.Quantile(0.5):0.0} | {inserts.Quantile(0.99):0.0} | {reads.Quantile(0.99):0.0} | {datasets.Quantile(0.5):0} | {datasets.Quantile(0.99):0} | {Interlocked.Read(ref _frames) / duration.TotalSeconds:0} | {attacks.Count / duration.TotalSeconds:0.0} | {_peak >> 20} |"));
    }

    /// <summary>A table of eight streams with 6,000 rows, over the last ten minutes.</summary>
    private static string Dataset()
    {
        double now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        string columns = string.Join(',', Enumerable.Range(0, 8).Select(i => $$"""
            "c{{i}}":{"stream":"me/user/load{{i}}","interpolator":"closest"}
            """));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"t1":{{now - 600}},"t2":{{now}},"dt":0.1,"dataset":{""") + columns + "}}";
    }

    /// <summary>Sends the request again and again over a connection of its own, with a pause after each answer.</summary>
    private async Task RepeatAsync(string? key, string address, string? body, TimeSpan pause, Latencies? latencies, CancellationToken end)
    {
        using HttpClient http = Http(_server, key);
        byte[]? bytes = body is null ? null : Encoding.UTF8.GetBytes(body);
        while (!end.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                using HttpRequestMessage request = new(bytes is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = bytes is null ? null : new ByteArrayContent(bytes) };
                using HttpResponseMessage answer = await http.SendAsync(request, end);
                await answer.Content.CopyToAsync(Stream.Null, end);
                if (latencies is not null)
                {
                    lock (latencies)
                    {
                        latencies.Add(Stopwatch.GetTimestamp() - start);
                    }
                }

                await Task.Delay(pause, end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                // An attacker whose request is broken off tries again.
            }
        }
    }

    private async Task WatchMemoryAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            _peak = Math.Max(_peak, _server.MemoryBytes);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static HttpClient Http(ServerUnderLoad server, string? key)
    {
        HttpClient http = new() { BaseAddress = new Uri($"{server.Root}/api/v1/") };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<string> PostAsync(HttpClient http, string address, string body)
    {
        using StringContent content = new(body);
        using HttpResponseMessage answer = await http.PostAsync(new Uri(address, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{address}: {text}");
    }
}
