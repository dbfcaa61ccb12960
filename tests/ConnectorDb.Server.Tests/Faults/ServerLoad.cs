using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>Writers that insert single datapoints at several servers in turn, and repeat each at the next server until it is acknowledged.</summary>
internal sealed class ServerLoad : IDisposable
{
    private const int Writers = 8;
    private const int Streams = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly ServerProcess[] _servers;
    private readonly ConcurrentBag<int> _acknowledged = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _written = new(0);
    private readonly Task[] _writers;
    private int _repeated;
    private int _last;

    private ServerLoad(ServerProcess[] servers)
    {
        _servers = servers;
        _writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer)))];
    }

    /// <param name="servers">The servers; a test replaces those that it kills.</param>
    public static async Task<ServerLoad> StartAsync(ServerProcess[] servers)
    {
        for (int i = 0; i < Streams; i++)
        {
            await servers[0].Http.DoAsync(HttpMethod.Post, $"api/v1/crud/me/user/s{i}", "{}");
        }

        return new ServerLoad(servers);
    }

    /// <summary>Waits for acknowledgements of datapoints.</summary>
    public async Task WaitAsync(int points)
    {
        for (int point = 0; point < points; point++)
        {
            Assert.True(await _written.WaitAsync(s_patience), "The writers stopped.");
        }
    }

    /// <summary>Ends the writers, and checks that each datapoint that was acknowledged is stored once and in order. Returns the counts.</summary>
    public async Task<string> CheckAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writers);
        List<int> found = [];
        for (int i = 0; i < Streams; i++)
        {
            string text = await _servers[0].Http.DoAsync(HttpMethod.Get, $"api/v1/crud/me/user/s{i}/data?i1=0&i2=0&transform={Uri.EscapeDataString("$")}");
            using JsonDocument points = JsonDocument.Parse(text);
            double[] times = [.. points.RootElement.EnumerateArray().Select(point => point.GetProperty("t").GetDouble())];
            Assert.Equal(times.Order(), times);
            found.AddRange(points.RootElement.EnumerateArray().Select(point => point.GetProperty("d").GetInt32()));
        }

        Assert.Equal(_acknowledged.Order(), found.Order());
        return $"{_acknowledged.Count} acknowledged, {found.Count} found, {found.Count - found.Distinct().Count()} doubled, {_repeated} repeated";
    }

    public void Dispose()
    {
        _stop.Dispose();
        _written.Dispose();
    }

    private async Task WriteAsync(int turn)
    {
        while (!_stop.IsCancellationRequested)
        {
            // The values tell the datapoints apart.
            int value = Interlocked.Increment(ref _last);
            while (!await TryInsertAsync(_servers[turn++ % _servers.Length], value))
            {
                Interlocked.Increment(ref _repeated);
            }

            _acknowledged.Add(value);
            _written.Release();
        }
    }

    private static async Task<bool> TryInsertAsync(ServerProcess server, int value)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Put, $"api/v1/crud/me/user/s{value % Streams}/data") { Content = new StringContent($$"""[{"d": {{value}}}]""") };
            request.Headers.Add("X-ConnectorDb-Insert-Id", $"{value}");
            using HttpResponseMessage response = await server.Http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            await Task.Yield();
            return false;
        }
    }
}
