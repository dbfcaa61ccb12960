using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ConnectorDb.Server.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>Two servers over one database write the same streams, and one of them is killed again and again. <c>CONNECTORDB_KILLS</c> is the number of kills.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ServerKillTests(PostgresServer postgres, ITestOutputHelper output) : IDisposable
{
    private const int Writers = 8;
    private const int Streams = 3;
    private const int PointsBetweenKills = 50;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder = new();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CONNECTORDB_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 2;

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task What_was_acknowledged_is_there_once_and_in_order()
    {
        postgres.SkipWhenMissing();
        string store = postgres.EmptyDatabase();
        ServerProcess[] servers = [await StartAsync(store), await StartAsync(store)];
        for (int i = 0; i < Streams; i++)
        {
            await servers[0].Http.DoAsync(HttpMethod.Post, $"api/v1/crud/me/user/s{i}", "{}");
        }

        ConcurrentBag<int> acknowledged = [];
        int repeated = 0;
        int next = 0;
        using CancellationTokenSource stop = new();
        using SemaphoreSlim written = new(0);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int turn = writer; !stop.IsCancellationRequested;)
            {
                // The values tell the datapoints apart. An insert that was not answered is repeated, at the other server.
                int value = Interlocked.Increment(ref next);
                while (!await TryInsertAsync(servers[turn++ % servers.Length], value))
                {
                    Interlocked.Increment(ref repeated);
                }

                acknowledged.Add(value);
                written.Release();
            }
        }))];
        for (int i = 0; i < Kills; i++)
        {
            for (int point = 0; point < PointsBetweenKills; point++)
            {
                Assert.True(await written.WaitAsync(s_patience), "The writers stopped.");
            }

            ServerProcess killed = servers[i % servers.Length];
            killed.Kill();
            servers[i % servers.Length] = await StartAsync(store);
            killed.Dispose();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        List<int> found = [];
        for (int i = 0; i < Streams; i++)
        {
            string text = await servers[0].Http.DoAsync(HttpMethod.Get, $"api/v1/crud/me/user/s{i}/data?i1=0&i2=0&transform={Uri.EscapeDataString("$")}");
            using System.Text.Json.JsonDocument points = System.Text.Json.JsonDocument.Parse(text);
            double[] times = [.. points.RootElement.EnumerateArray().Select(point => point.GetProperty("t").GetDouble())];
            Assert.Equal(times.Order(), times);
            found.AddRange(points.RootElement.EnumerateArray().Select(point => point.GetProperty("d").GetInt32()));
        }

        output.WriteLine($"{Kills} kills: {acknowledged.Count} acknowledged, {found.Count} found, {found.Count - found.Distinct().Count()} doubled, {repeated} repeated.");
        Assert.Equal(acknowledged.Order(), found.Order());
        Array.ForEach(servers, server => server.Dispose());
    }

    private Task<ServerProcess> StartAsync(string store) => ServerProcess.StartAsync(_folder, "--login-delay", "0", "--store", store);

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
