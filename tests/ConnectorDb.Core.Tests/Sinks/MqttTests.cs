using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>A real Mosquitto, whose own client has subscribed.</summary>
public sealed class MqttTests(MosquittoServer broker) : SinkSuite, IClassFixture<MosquittoServer>
{
    private readonly string _root = $"t{Guid.NewGuid():N}";
    private readonly ClosedPort _closed = new();
    private readonly List<string> _received = [];

    protected override SinkSettings Settings => Here;

    private MqttSettings Here => new() { Url = broker.Url, Topic = $"{_root}/{{channel}}" };

    public override void Dispose()
    {
        _closed.Dispose();
        base.Dispose();
    }

    protected override void Prepare()
    {
        broker.SkipWhenMissing();
        broker.BeginSessionAsync(_root, $"{_root}/#").GetAwaiter().GetResult();
    }

    protected override IReadOnlyList<double> Stored(string stream)
        => [.. Received().Where(message => message.StartsWith($"{_root}/{stream} ", StringComparison.Ordinal)).Select(message => DataValue.Parse(message.Split(' ', 2)[1]).AsObject().Members[1].Value.AsDouble())];

    [SkippableFact]
    public async Task The_topic_has_the_channel_and_its_tags_and_the_payload_is_the_value()
    {
        Prepare();
        MqttSettings settings = Here with { Topic = $"{_root}/{{room}}/{{none}}/{{channel}}", Payload = MqttPayloadForm.Value };
        LogChannel channel = new() { Name = "pi/te+mp#", PointTags = new Dictionary<string, string> { ["room"] = "attic" } };
        await using ISink sink = SinkCatalog.Open(settings, Context);
        await sink.WriteAsync([new SinkBatch(channel, Some.Point(1, DataValue.Parse("""{"a": "€"}""")))], Some.NoToken);
        Assert.Equal([$$"""{{_root}}/attic/-/pi/te_mp_ {"a":"€"}"""], Received());
    }

    [SkippableFact]
    public async Task A_restart_of_the_broker_loses_nothing_and_changes_no_order()
    {
        Prepare();
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1)], Some.NoToken);
        await broker.StopAsync();
        BatchOutcome[] failed = [.. await sink.WriteAsync([Numbers("a", 2, 3), Numbers("b", 4)], Some.NoToken)];
        Assert.All(failed, outcome => Assert.Equal(0, outcome.Decided));
        Assert.Contains("cannot be reached", failed[0].Fault!.Message, StringComparison.Ordinal);
        await broker.StartAsync();
        Assert.All(await sink.WriteAsync([Numbers("a", 2, 3), Numbers("b", 4)], Some.NoToken), outcome => Assert.Null(outcome.Fault));
        Assert.Equal([1, 2, 3], Stored("a"));
        Assert.Equal([4], Stored("b"));
    }

    [SkippableTheory]
    [InlineData(5)]
    [InlineData(3)]
    public async Task A_login_over_TLS_is_used_and_its_rights_are_reported(int version)
    {
        Prepare();
        MqttSettings settings = Here with { Url = broker.EncryptedUrl, CaFile = broker.CaFile, UserName = MosquittoServer.User, Password = new SecretText(MosquittoServer.Password), Topic = "open/{channel}", MqttVersion = version };
        await using (ISink sink = SinkCatalog.Open(settings, Context))
        {
            await sink.TestAsync(Some.NoToken);
            Assert.Null(Assert.Single(await sink.WriteAsync([Numbers("a", 1)], Some.NoToken)).Fault);
        }

        await using ISink wrong = SinkCatalog.Open(settings with { Password = new SecretText("guess-5512") }, Context);
        SinkException error = await Assert.ThrowsAsync<SinkException>(() => wrong.TestAsync(Some.NoToken).AsTask());
        Assert.Contains("cannot be used", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-5512", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_client_certificate_is_presented_and_a_missing_one_is_asked_for(int version)
    {
        Prepare();
        MqttSettings settings = Here with { Url = broker.CertifiedUrl, CaFile = broker.CaFile, CertificateFile = broker.CertificateFile, KeyFile = broker.KeyFile, MqttVersion = version };
        await using (ISink sink = SinkCatalog.Open(settings, Context))
        {
            Assert.Null(Assert.Single(await sink.WriteAsync([Numbers("a", 1)], Some.NoToken)).Fault);
        }

        Assert.Contains("If it requires a client certificate, give one", await FaultOf(settings with { CertificateFile = null, KeyFile = null }), StringComparison.Ordinal);
        Assert.Contains("Give the file of the key, too", await FaultOf(settings with { KeyFile = null }), StringComparison.Ordinal);
        Assert.Contains($"has no private key in PEM format for the certificate in '{broker.CertificateFile}'", await FaultOf(settings with { KeyFile = broker.CaFile }), StringComparison.Ordinal);

        async Task<string> FaultOf(MqttSettings wrong)
        {
            await using ISink sink = SinkCatalog.Open(wrong, Context);
            return (await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask())).Message;
        }
    }

    [SkippableFact]
    public async Task Without_the_right_to_publish_all_entries_are_kept()
    {
        Prepare();
        MqttSettings settings = Here with { Url = broker.EncryptedUrl, CaFile = broker.CaFile, UserName = MosquittoServer.User, Password = new SecretText(MosquittoServer.Password), Topic = "closed/{channel}" };
        await using ISink sink = SinkCatalog.Open(settings, Context);
        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers("a", 1)], Some.NoToken));
        Assert.Equal(0, outcome.Decided);
        Assert.Contains("does not allow this login to publish to the topic 'closed/{channel}'", outcome.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_broker_is_an_error_of_the_test_with_its_address()
    {
        await using ISink sink = SinkCatalog.Open(Here with { Url = $"mqtt://{_closed.Authority}" }, Context);
        SinkException error = await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
        Assert.Contains($"The MQTT broker 'mqtt://{_closed.Authority}' cannot be reached", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://house.example", "a", 5, "is not the address of an MQTT broker")]
    [InlineData("mqtt://house.example", "a/#", 5, "is not a topic to publish to")]
    [InlineData("mqtt://house.example", "$SYS/a", 5, "is not a topic to publish to")]
    [InlineData("mqtt://house.example", "a", 4, "is 5, or 3")]
    public void Wrong_settings_are_refused(string url, string topic, int version, string message)
        => Assert.Contains(message, Assert.Throws<InvalidValueException>(() => SinkCatalog.Open(new MqttSettings { Url = url, Topic = topic, MqttVersion = version }, Context)).Message, StringComparison.Ordinal);

    /// <summary>The messages for the subscriber, whose session began before the first of them.</summary>
    private List<string> Received()
    {
        if (_received.Count == 0)
        {
            broker.PublishAsync($"{_root}/end", "end").GetAwaiter().GetResult();
            _received.AddRange(broker.ReceiveAsync(_root, $"{_root}/#", "end").GetAwaiter().GetResult());
        }

        return _received;
    }
}
