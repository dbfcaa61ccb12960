using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Mqtt;
using ConnectorDb.Sinks;
using MQTTnet;

namespace ConnectorDb.Core.Sinks.Mqtt;

/// <summary>Publishes entries with QoS 1, in order. An entry is delivered when the broker has acknowledged it.</summary>
[Sink(typeof(MqttSettings))]
internal sealed class MqttSink : ISink
{
    /// <summary>The maximum number of unacknowledged messages, if the broker accepts as many.</summary>
    private const int MaxInFlight = 100;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);
    private readonly MqttSettings _settings;
    private readonly MqttBroker _broker;
    private readonly TopicTemplate _topic;
    private IMqttClient? _client;
    private int _maxInFlight;

    /// <exception cref="InvalidValueException">The address, topic or version is invalid.</exception>
    public MqttSink(MqttSettings settings, SinkContext context)
    {
        _settings = settings;
        _broker = MqttBroker.Parse(settings.Url);
        _topic = new TopicTemplate(settings.Topic);
        if (settings.MqttVersion is not (3 or 5))
        {
            throw new InvalidValueException("The version of MQTT is 5, or 3 for MQTT 3.1.1.", nameof(settings.MqttVersion));
        }
    }

    public string Location => _settings.Location;

    public async ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        try
        {
            await ConnectAsync(cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (MqttFault.IsOfConnection(error))
        {
            throw Failure(error);
        }
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        List<BatchOutcome> outcomes = [];
        Exception? fault = null;
        foreach (SinkBatch batch in batches)
        {
            BatchOutcome outcome = fault is null ? await WriteAsync(batch, cancellation).ConfigureAwait(false) : BatchOutcome.Kept(fault);
            outcomes.Add(outcome);
            fault = outcome.Fault;
        }

        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            await client.TryDisconnectAsync().ConfigureAwait(false);
            client.Dispose();
        }
    }

    private async Task<BatchOutcome> WriteAsync(SinkBatch batch, CancellationToken cancellation)
    {
        List<RejectedEntry> rejected = [];
        Queue<Task<MqttClientPublishResult>> inFlight = [];
        int decided = 0;
        try
        {
            await ConnectAsync(cancellation).ConfigureAwait(false);
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            for (int i = 0; i < batch.Count || inFlight.Count > 0;)
            {
                if (i < batch.Count && inFlight.Count < _maxInFlight)
                {
                    // The client sends messages in the order of these calls.
                    inFlight.Enqueue(_client!.PublishAsync(Message(batch, i++), limit.Token));
                    continue;
                }

                limit.CancelAfter(s_timeout);

                // As in MqttSampler, without a field of a type of the package.
                Task<MqttClientPublishResult> sent = inFlight.Dequeue();
                await ((Task)sent).ConfigureAwait(false);
                if (Rejection(sent.Result) is { } reason)
                {
                    rejected.Add(new RejectedEntry(decided, reason));
                }

                decided++;
            }
        }
        catch (Exception error) when (MqttFault.IsOfConnection(error) || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Kept(Failure(error));
        }
        catch (SinkException error)
        {
            return Kept(error);
        }

        return new BatchOutcome(decided, rejected);

        // The acknowledgement of a message that was on the way would be lost with its task.
        BatchOutcome Kept(Exception fault)
        {
            foreach (Task task in inFlight)
            {
                _ = task.ContinueWith(late => _ = late.Exception, TaskScheduler.Default);
            }

            _client?.Dispose();
            _client = null;
            return new BatchOutcome(decided, rejected) { Fault = fault };
        }
    }

    private MqttApplicationMessage Message(SinkBatch batch, int index)
    {
        DataValue value = batch.Points.Values[index];
        DataValue content = _settings.Payload == MqttPayloadForm.Value ? value
            : DataValue.From(new DataObject(new("t", DataValue.From(batch.Points.Times.Span[index])), new("d", value)));
        return new MqttApplicationMessageBuilder()
            .WithTopic(_topic.Of(batch.Channel))
            .WithPayload(Encoding.UTF8.GetBytes(content.ToJson()))
            .WithQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag(_settings.Retain)
            .Build();
    }

    /// <exception cref="SinkException">The broker refuses all messages of the topic.</exception>
    private string? Rejection(MqttClientPublishResult result) => result.ReasonCode switch
    {
        MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers => null,
        MqttClientPublishReasonCode.TopicNameInvalid or MqttClientPublishReasonCode.PayloadFormatInvalid => $"The MQTT broker rejected it ({result.ReasonCode}).",
        MqttClientPublishReasonCode.NotAuthorized => throw Failure($"does not allow this login to publish to the topic '{_settings.Topic}'. Check its rights."),
        _ => throw Failure($"does not take messages now ({result.ReasonCode})."),
    };

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true })
        {
            return;
        }

        _client?.Dispose();
        _client = new MqttClientFactory().CreateMqttClient();
        MqttClientOptions options = _broker.Options(_settings.MqttVersion, _settings.UserName, _settings.Password?.Reveal(), new MqttCertificates(_settings.CaFile, _settings.CertificateFile, _settings.KeyFile))
            .WithClientId($"cdb{Guid.NewGuid():N}"[..23])
            .Build();
        Task<MqttClientConnectResult> login = _client.ConnectAsync(options, cancellation);
        await ((Task)login).ConfigureAwait(false);
        if (MqttFault.OfLogin(login.Result) is { } fault)
        {
            throw Failure($"cannot be used: {fault}");
        }

        _maxInFlight = Math.Min((int?)login.Result.ReceiveMaximum ?? MaxInFlight, MaxInFlight);
    }

    private SinkException Failure(Exception error)
        => new($"The MQTT broker '{_broker.Address}' cannot be reached: {MqttFault.Describe(error, _broker.IsEncrypted)}", _settings.Location, error);

    private SinkException Failure(string what) => new($"The MQTT broker '{_broker.Address}' {what}", _settings.Location);
}
