using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Influx;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Testing.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Points in line protocol that come in UDP datagrams.</summary>
public sealed class DatagramTests
{
    private const string Settings = "--login-delay 0 --udp-address 127.0.0.1:0 --udp-device me/user --udp-database house --udp-precision ms";

    [Fact]
    public async Task Datagrams_are_stored_and_bad_lines_do_not_stop_the_others()
    {
        await using RunningServer server = await RunningServer.StartAsync(Settings);
        await WriteAsync(server, "air,room=attic temp=1 1000000000000");
        await using Follower follower = await FollowAsync(server, "air", "room", "attic");
        using Socket socket = Connect(server);

        await SendAsync(socket, "air,room=attic temp=2 1500000000000\nair,room=attic temp=3 1500000001000\n");
        await SendAsync(socket, "air,room=attic temp=\"text\" 1500000002000\nno line");
        await SendAsync(socket, "air,room=attic temp=4 1500000003000");

        Assert.Equal([2.0, 3.0, 4.0], (await follower.Take(3)).Select(point => point.D));
        Assert.Equal(
            """{"results":[{"statement_id":0,"series":[{"name":"air","columns":["time","temp"],"values":[[1500000000,2],[1500000001,3],[1500000003,4]]}]}]}""",
            await QueryAsync(server, "SELECT temp FROM air WHERE time > 1400000000s"));
    }

    [Fact]
    public async Task The_log_tells_the_number_of_points_that_were_refused_and_why()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync(Settings, log.AddTo);
        await WriteAsync(server, "air,room=attic temp=1 1000000000000");
        await using Follower follower = await FollowAsync(server, "air", "room", "attic");
        using Socket socket = Connect(server);

        await SendAsync(socket, "air,room=attic temp=\"text\" 1500000002000");
        await SendAsync(socket, "air,room=attic temp=2 1500000003000");
        await follower.Take(1);

        // The log is written after a commit, and before the next.
        await SendAsync(socket, "air,room=attic temp=3 1500000004000");
        await follower.Take(1);
        string line = Assert.Single(log.Lines, line => line.Contains("datagrams at", StringComparison.Ordinal) && line.Contains("Warning", StringComparison.Ordinal));
        Assert.Contains("were not stored: 1. partial write: field type conflict", line, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Datagrams_that_come_while_the_disk_is_full_are_stored_when_there_is_room()
    {
        using TempFolder folder = new();
        using SmallDisk disk = SmallDisk.Mount(folder["disk"], megabytes: 32);
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync(Settings, log.AddTo, store: folder["disk/store.cdb"]);
        await WriteAsync(server, "air,room=attic temp=1 1000000000000");
        await using Follower follower = await FollowAsync(server, "air", "room", "attic");
        using Socket socket = Connect(server);
        Task full = log.LineWith("They are stored when that has ended.");

        SmallDisk.Fill(folder["disk/ballast"]);
        for (int i = 0; i < 10; i++)
        {
            await SendAsync(socket, string.Join('\n', Enumerable.Range(0, 1000).Select(j => $"air,room=attic temp={i} {1_500_000_000_000 + (1000 * i) + j}")));
        }

        await full;
        File.Delete(folder["disk/ballast"]);

        Assert.Equal(Enumerable.Range(0, 10_000).Select(n => (object)(double)(n / 1000)), (await follower.Take(10_000)).Select(point => point.D));
    }

    [Theory]
    [InlineData("--udp-address 8089 --udp-device me/user", "--udp-address: '8089'")]
    [InlineData("--udp-address 127.0.0.1 --udp-device me/user", "--udp-address: '127.0.0.1'")]
    [InlineData("--udp-address 192.0.2.1:8089 --udp-device me/user", "cannot listen at '192.0.2.1:8089'")]
    [InlineData("--udp-address 127.0.0.1:0", "--udp-device: ''")]
    [InlineData("--udp-address 127.0.0.1:0 --udp-device me", "--udp-device: 'me'")]
    [InlineData("--udp-address 127.0.0.1:0 --udp-device me/nobody", "There is no device 'me/nobody'")]
    [InlineData("--udp-address 127.0.0.1:0 --udp-device me/user --udp-precision years", "--udp-precision: 'years'")]
    [InlineData("--udp-device me/user", "needs --udp-address")]
    public async Task A_server_with_settings_that_cannot_be_does_not_start(string settings, string message)
        => Assert.Contains(message, (await Assert.ThrowsAnyAsync<CdbException>(() => RunningServer.StartAsync(settings))).Message, StringComparison.Ordinal);

    [SkippableFact]
    public async Task Collectd_writes()
    {
        const string Program = "/usr/sbin/collectd";
        Skip.IfNot(File.Exists(Program), "The package 'collectd-core' is needed.");
        await using RunningServer server = await RunningServer.StartAsync(Settings);
        await WriteAsync(server, "uptime,host=attic,type=uptime value=1 1000000000000");
        await using Follower follower = await FollowAsync(server, "uptime", "host", "attic");
        using TempFolder folder = new();
        await File.WriteAllTextAsync(folder["collectd.conf"], $"""
            Hostname "attic"
            FQDNLookup false
            BaseDir "{folder.Root}"
            PIDFile "{folder["pid"]}"
            Interval 0.1
            LoadPlugin uptime
            LoadPlugin write_influxdb_udp
            <Plugin write_influxdb_udp>
              Server "127.0.0.1" "{EndPoint(server).Port.ToString(CultureInfo.InvariantCulture)}"
            </Plugin>

            """);

        using System.Diagnostics.Process collectd = ToolProcess.Start(Program, "-f", "-C", folder["collectd.conf"]);
        try
        {
            // It collects lines until they fill a datagram.
            Task<List<Datapoint>> taken = follower.Take(2);
            Task ended = collectd.WaitForExitAsync();
            Assert.True(await Task.WhenAny(taken, ended) == taken, ended.IsCompleted ? await collectd.StandardError.ReadToEndAsync() : null);
            List<Datapoint> points = await taken;

            Assert.All(points, point => Assert.True(point.D is > 0.0));
            Assert.InRange(points[0].T, DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeSeconds());
        }
        finally
        {
            collectd.Kill();
            await collectd.WaitForExitAsync();
        }
    }

    private static IPEndPoint EndPoint(RunningServer server) => server.Services.GetRequiredService<DatagramWriter>().EndPoint;

    private static Socket Connect(RunningServer server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(EndPoint(server));
        return socket;
    }

    private static async Task SendAsync(Socket socket, string lines) => await socket.SendAsync(Encoding.UTF8.GetBytes(lines));

    /// <summary>Creates a stream, so that it can be followed.</summary>
    private static async Task WriteAsync(RunningServer server, string line)
    {
        using HttpClient http = server.Http();
        using HttpResponseMessage written = await http.PostAsync("/write?db=house&precision=ms", new StringContent(line));
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);
    }

    private static async Task<string> QueryAsync(RunningServer server, string statement)
    {
        using HttpClient http = server.Http();
        return (await http.GetStringAsync($"/query?db=house&epoch=s&q={Uri.EscapeDataString(statement)}")).TrimEnd();
    }

    private static async Task<Follower> FollowAsync(RunningServer server, string measurement, string tag, string value)
    {
        ICdbClient client = server.As("me/user");
        await foreach (CdbStream stream in client.FindStreamsAsync([new LabelPattern("_measurement", measurement), new LabelPattern(tag, value)], CancellationToken.None))
        {
            return new Follower(await client.SubscribeAsync(new SubscriptionQuery(CdbPath.Parse(stream.Path)), CancellationToken.None));
        }

        throw new InvalidOperationException($"There is no stream of {measurement}.");
    }
}
