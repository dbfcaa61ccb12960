using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Samplers;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>Against a real Mosquitto, with its own clients on the other side.</summary>
public sealed class MqttSamplerTests(MosquittoServer broker) : MissingThingSuite, IClassFixture<MosquittoServer>
{
    private readonly ClosedPort _closed = new();
    private readonly string _root = $"t{Guid.NewGuid():N}";

    protected override SamplerContext Good => Of("mqtt", $"{broker.Url} | {_root}/+");

    protected override SamplerContext Bad => Of("mqtt", $"mqtt://{_closed.Authority} | a");

    protected override void Check(DataValue value) => Assert.Equal(21.5, value.AsDouble());

    protected override async Task PrepareAsync()
    {
        broker.SkipWhenMissing();
        foreach (string name in (string[])["a", "b", "c"])
        {
            await broker.PublishAsync($"{_root}/{name}", "21.5", retain: true);
        }
    }

    public override void Dispose()
    {
        _closed.Dispose();
        base.Dispose();
    }

    [SkippableFact]
    public async Task Values_of_wildcards_have_their_topic_and_their_own_suffix()
    {
        broker.SkipWhenMissing();
        await using Listener listener = new(Of("mqtt", $"{broker.Url} | {_root}/#"));
        await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
        await broker.PublishAsync($"{_root}/kitchen/temp", "21.5");
        await broker.PublishAsync($"{_root}/kitchen_temp", "warm");
        await broker.PublishAsync($"{_root}/kitchen/air", """{"co2": 700}""");
        PushedValue[] values = await listener.TakeAsync(3);
        Assert.Equal(["21.5", "\"warm\"", """{"co2":700}"""], values.Select(value => value.Value.ToJson()));
        Assert.Equal([$"{_root}/kitchen/temp", $"{_root}/kitchen_temp", $"{_root}/kitchen/air"], values.Select(value => value.Source));
        Assert.Equal("kitchen_temp", values[0].Suffix);
        Assert.Matches("^kitchen_temp_[0-9a-f]{8}$", values[1].Suffix);
        Assert.Equal(values.OrderBy(value => value.T).Select(value => value.Source), values.Select(value => value.Source));
    }

    [SkippableFact]
    public async Task Pointers_find_values_and_times_in_a_message()
    {
        broker.SkipWhenMissing();
        await using Listener listener = new(Of("mqtt", $$$"""{"server": "{{{broker.Url}}}", "topic": "{{{_root}}}/a", "path": {"t": "/main/temp", "h": "/main/hum", "none": "/main/none"}, "time": "/at"}"""));
        await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
        await broker.PublishAsync($"{_root}/a", """{"at": "2026-03-01T00:00:00Z", "main": {"temp": 21.5, "hum": 40}}""");
        await broker.PublishAsync($"{_root}/a", """{"at": 1772323201.5, "main": {"hum": 41}}""");
        PushedValue[] values = await listener.TakeAsync(2);
        Assert.Equal([(1772323200, """{"t":21.5,"h":40}"""), (1772323201.5, """{"h":41}""")], values.Select(value => (value.T, value.Value.ToJson())));
        Assert.All(values, value => Assert.Null(value.Suffix));
    }

    [SkippableTheory]
    [InlineData(5)]
    [InlineData(3)]
    public async Task Messages_that_were_published_while_nobody_listened_arrive_later_and_retained_ones_once(int version)
    {
        broker.SkipWhenMissing();
        SamplerContext context = Of("mqtt", $$"""{"server": "{{broker.Url}}", "topic": "{{_root}}/a", "version": {{version}}}""");
        await broker.PublishAsync($"{_root}/a", "0", retain: true);
        await using (Listener first = new(context))
        {
            await first.Sampler.ListenAsync(first.Write, Some.NoToken);
            Assert.Equal("0", Assert.Single(await first.TakeAsync(1)).Value.ToJson());
        }

        await broker.PublishLinesAsync($"{_root}/a", Enumerable.Range(1, 500).Select(n => $"{n}"));
        await using Listener again = new(context);
        await again.Sampler.ListenAsync(again.Write, Some.NoToken);
        Assert.Equal(Enumerable.Range(1, 500).Select(n => $"{n}"), (await again.TakeAsync(500)).Select(value => value.Value.ToJson()));
    }

    [SkippableFact]
    public async Task Messages_that_could_not_be_written_come_again()
    {
        broker.SkipWhenMissing();
        await using (Listener full = new(Good))
        {
            TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await full.Sampler.ListenAsync(
                _ =>
                {
                    tried.TrySetResult();
                    throw new IOException("The disk is full.");
                },
                Some.NoToken);
            await broker.PublishAsync($"{_root}/a", "1");
            await tried.Task.WaitAsync(Patience);
        }

        await broker.PublishAsync($"{_root}/a", "2");
        await using Listener listener = new(Good);
        await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
        Assert.Equal(["1", "2"], (await listener.TakeAsync(2)).Select(value => value.Value.ToJson()));
    }

    [SkippableFact]
    public async Task A_poller_writes_each_topic_to_its_own_stream_and_goes_on_after_a_restart_of_the_broker()
    {
        broker.SkipWhenMissing();
        await using LoggerFile file = new(new Database());
        RecordingSink sink = file.AddRecorder();
        LoggerOutput output = new(file.Logger);
        BlockingCollection<string> written = [];
        BlockingCollection<string?> changes = [];
        PollItem item = new() { Name = "house", Key = "mqtt", Argument = $"{broker.Url} | {_root}/+/temp", Interval = TimeSpan.FromSeconds(0.1) };
        PollerOptions options = new()
        {
            Write = values =>
            {
                IReadOnlyList<RefusedValue> refused = output.Write(values);
                values.ToList().ForEach(value => written.Add($"{value.Item.Stream} {value.Item.Tags["source"]} {value.Value}"));
                return refused;
            },
            StateChanged = (_, error) => changes.Add(error),
        };
        await broker.PublishAsync($"{_root}/attic/temp", "1", retain: true);
        await using Poller poller = new(options, [item]);
        poller.Start();
        Assert.Equal($"house_attic {_root}/attic/temp 1", Take(written));

        await broker.StopAsync();
        Assert.Contains("cannot be reached", Take(changes), StringComparison.Ordinal);
        await broker.StartAsync();
        Assert.Null(Take(changes));
        await broker.PublishAsync($"{_root}/attic/temp", "2");
        Assert.Equal($"house_attic {_root}/attic/temp 2", Take(written));

        await poller.StopAsync(Patience);
        await broker.PublishAsync($"{_root}/hall/temp", "3");
        poller.Start();
        Assert.Equal($"house_hall {_root}/hall/temp 3", Take(written));
        await poller.StopAsync(Patience);
        Assert.Equal((3, "3"), (poller.Items[0].Values, $"{poller.Items[0].LastValue}"));
        await file.Sync();
        Assert.Equal(["house_attic 1", "house_attic 2", "house_hall 3"], sink.Entries.Select(entry => $"{entry.Channel} {entry.Value}").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Tls_with_a_login_from_a_file_is_used_and_no_message_shows_the_password()
    {
        broker.SkipWhenMissing();
        File.WriteAllText(Folder["password"], MosquittoServer.Password + "\n");
        File.WriteAllText(Folder["wrong"], "guess-5512\n");
        await using (Listener listener = new(Encrypted("open/a", "password", broker.CaFile)))
        {
            await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
        }

        await FailsAsync(Encrypted("open/a", "wrong", broker.CaFile), "cannot be used: it does not");
        await FailsAsync(Encrypted("open/a", "password", null), "certificate is not accepted");
        await FailsAsync(Encrypted("open/a", "password", Folder["password"]), "has no certificates");
        await FailsAsync(Of("mqtt", $$$"""{"server": "{{{broker.Url}}}", "topic": "a", "user": "u", "password": {"env": "CDB_NO_SUCH"}}"""), "environment variable 'CDB_NO_SUCH' is not set");

        SamplerContext Encrypted(string topic, string secret, string? ca)
            => Of("mqtt", $$$"""{"server": "{{{broker.EncryptedUrl}}}", "topic": "{{{topic}}}", "user": "{{{MosquittoServer.User}}}", "password": {"file": "{{{Folder[secret]}}}"}{{{(ca is null ? "" : $", \"ca\": \"{ca}\"")}}}}""");
    }

    [SkippableFact]
    public async Task A_client_certificate_is_presented_and_a_missing_one_is_asked_for()
    {
        broker.SkipWhenMissing();
        await using (Listener listener = new(Certified($", \"cert\": \"{broker.CertificateFile}\", \"key\": \"{broker.KeyFile}\"")))
        {
            await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
            await broker.PublishAsync($"{_root}/certified", "7");
            Assert.Equal("7", Assert.Single(await listener.TakeAsync(1)).Value.ToJson());
        }

        await FailsAsync(Certified(""), "If it requires a client certificate, give one");
        await FailsAsync(Certified($", \"cert\": \"{broker.CertificateFile}\""), "Give the file of the key, too");

        SamplerContext Certified(string client) => Of("mqtt", $$"""{"server": "{{broker.CertifiedUrl}}", "topic": "{{_root}}/certified", "ca": "{{broker.CaFile}}"{{client}}}""");
    }

    [SkippableFact]
    public async Task Messages_without_the_value_are_errors_and_do_not_hold_up_others()
    {
        broker.SkipWhenMissing();
        await using Listener listener = new(Of("mqtt", $"{broker.Url} | {_root}/a | /v"));
        await listener.Sampler.ListenAsync(listener.Write, Some.NoToken);
        foreach ((string message, string fault) in ((string, string)[])[("""{"w": 1}""", "has nothing at /v"), ("{", "is not JSON"), ("""{"v": 1e999}""", "larger than the numbers")])
        {
            await broker.PublishAsync($"{_root}/a", message);
            await broker.PublishAsync($"{_root}/a", """{"v": 2}""");
            Assert.Equal("2", Assert.Single(await listener.TakeAsync(1)).Value.ToJson());
            SampleException error = await Assert.ThrowsAsync<SampleException>(() => listener.Sampler.ListenAsync(listener.Write, Some.NoToken).AsTask());
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
            Assert.Contains($"{_root}/a", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_speak_MQTT_is_an_error()
    {
        using TcpListener web = new(IPAddress.Loopback, 0);
        web.Start();
        Task answering = AnswerAsync(web);
        await FailsAsync(Of("mqtt", $"mqtt://{web.LocalEndpoint} | a"), "cannot be reached");
        await answering;
    }

    [Fact]
    public async Task A_server_that_does_not_answer_ends_with_the_time_limit()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using CancellationTokenSource limit = new();
        await using Listener listener = new(Of("mqtt", $"mqtt://{silent.LocalEndpoint} | a"));
        Task connecting = listener.Sampler.ListenAsync(listener.Write, limit.Token).AsTask();
        using TcpClient client = await silent.AcceptTcpClientAsync();
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("mqtt://h", "is not ADDRESS | TOPIC")]
    [InlineData("http://h | a", "is not the address of an MQTT broker")]
    [InlineData("mqtt://me:sesame@h | a", "contains a login")]
    [InlineData("http://me:sesame@h | a", "'h' is not the address")]
    [InlineData("mqtt://h/topic | a", "has a path")]
    [InlineData("mqtt://h | a/b+", "+ stands for a whole level")]
    [InlineData("mqtt://h | a/#/b", "# for all levels at the end")]
    [InlineData("mqtt://h | a | value", "is not a JSON Pointer")]
    [InlineData("""{"server": "mqtt://h"}""", "needs the member topic")]
    [InlineData("""{"server": "mqtt://h", "topic": "a", "qos": 2}""", "no member 'qos'")]
    [InlineData("""{"server": "mqtt://h", "topic": "a", "version": 4}""", "is 5, or 3")]
    [InlineData("""{"server": "mqtt://h", "topic": "a", "session": -1}""", "whole number from 0")]
    [InlineData("""{"server": "mqtt://h", "topic": "a", "retained": 1}""", "is true or false")]
    [InlineData("""{"server": "mqtt://h", "topic": "a", "password": {"sesame": "x"}}""", "neither a text nor")]
    [InlineData("""{"server": """, "is not a JSON object")]
    public void A_wrong_argument_is_refused(string argument, string message)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("mqtt", argument)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Two topics never share a stream.</summary>
    [Theory]
    [InlineData("home/temp", "home/temp", null)]
    [InlineData("home/+", "home/living_room", "living_room")]
    [InlineData("home/+", "home/a.b", "a_b_[0-9a-f]{8}")]
    [InlineData("+/x/+", "a/x/b", "a_b")]
    [InlineData("+/x/+", "a_b/x/c", "a_b_c_[0-9a-f]{8}")]
    [InlineData("home/#", "home/a/b", "a_b")]
    [InlineData("home/#", "home", "[0-9a-f]{8}")]
    [InlineData("home/#", "home/a//b", "a__b_[0-9a-f]{8}")]
    public void The_suffix_of_a_topic_is_its_levels_at_the_wildcards(string filter, string topic, string? expected)
    {
        string? suffix = MqttTopic.SuffixOf(filter, topic);
        Assert.True(expected is null ? suffix is null : System.Text.RegularExpressions.Regex.IsMatch(suffix!, $"^{expected}$"), suffix);
    }

    private static async Task AnswerAsync(TcpListener web)
    {
        using TcpClient client = await web.AcceptTcpClientAsync();
        await client.GetStream().ReadAtLeastAsync(new byte[1000], 10);
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
    }

    private static T Take<T>(BlockingCollection<T> from) => from.TryTake(out T? next, Patience) ? next : throw new TimeoutException("Nothing arrived.");

    private static async Task FailsAsync(SamplerContext context, string reason)
    {
        await using Listener listener = new(context);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => listener.Sampler.ListenAsync(listener.Write, Some.NoToken).AsTask().WaitAsync(Patience));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(MosquittoServer.Password, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-5512", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Collects the values of a sampler.</summary>
    private sealed class Listener(SamplerContext context) : IAsyncDisposable
    {
        private readonly BlockingCollection<PushedValue> _values = [];

        public IPushSampler Sampler { get; } = (IPushSampler)SamplerCatalog.Open(context);

        public void Write(IReadOnlyList<PushedValue> values) => values.ToList().ForEach(_values.Add);

        public Task<PushedValue[]> TakeAsync(int count)
            => Task.Run(() => Enumerable.Range(0, count).Select(_ => _values.TryTake(out PushedValue value, Patience) ? value : throw new TimeoutException($"{count} values did not arrive.")).ToArray());

        public async ValueTask DisposeAsync()
        {
            await Sampler.DisposeAsync();
            _values.Dispose();
        }
    }
}
