using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Mqtt;
using ConnectorDb.Polling;
using MQTTnet;
using MQTTnet.Protocol;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// Receives the messages of topics. A message of QoS 1 is acknowledged when its value is on disk, so that the broker, which keeps the
/// session, sends it again after a failure: at least once, as QoS 1 promises.
/// </summary>
[Sampler("mqtt", "The messages of MQTT topics: a number, JSON, or a text.", Argument = "ADDRESS | TOPIC [| POINTER], such as 'mqtt://broker.example | home/+/temperature | /value' (wildcards + and #; JSON Pointer), or a JSON object with server, topic, path (a pointer, or an object of pointers by name), time (a pointer), user, password (a text, {\"env\": NAME} or {\"file\": PATH}), ca (a PEM file with authorities), cert and key (PEM files of a client certificate), client, version (5 or 3), retained (false leaves these messages out) and session (seconds). The interval of the item is that of checks of the connection.")]
internal sealed class MqttSampler : Sampler, IPushSampler
{
    /// <summary>Messages of QoS 1 that the broker sends before it waits for an acknowledgement.</summary>
    private const int MostUnacknowledged = 1000;

    /// <summary>Messages that wait for the disk. More of QoS 0, which is not acknowledged, are lost.</summary>
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private readonly MqttRequest _request;
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _messages = Channel.CreateBounded<MqttApplicationMessageReceivedEventArgs>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Channel<DataValue> _sampled = Channel.CreateUnbounded<DataValue>();
    private readonly CancellationTokenSource _end = new();
    private IMqttClient? _client;
    private Task? _writing;
    private string? _fault;
    private double _last;

    public MqttSampler(SamplerContext context)
        : base(context) => _request = new MqttRequest(context.RequiredArgument);

    private string Broker => $"The MQTT broker '{_request.Broker.Address}'";

    /// <summary>The next value that arrives.</summary>
    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        await ListenAsync(values => _ = values.All(value => _sampled.Writer.TryWrite(value.Value)), cancellation).ConfigureAwait(false);
        return await _sampled.Reader.ReadAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask ListenAsync(Action<IReadOnlyList<PushedValue>> write, CancellationToken cancellation)
    {
        _writing ??= Task.Run(() => WriteAsync(write), CancellationToken.None);
        if (_client?.IsConnected != true)
        {
            try
            {
                await ConnectAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (MqttFault.IsOfConnection(error))
            {
                cancellation.ThrowIfCancellationRequested();
                throw NoValue($"{Broker} cannot be reached: {MqttFault.Describe(error, _request.Broker.IsEncrypted)}", error);
            }
        }

        if (Interlocked.Exchange(ref _fault, null) is { } fault)
        {
            throw NoValue(fault);
        }
    }

    public override void Dispose()
    {
        _ = DisposeAsync().AsTask();
        base.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _messages.Writer.TryComplete();
        if (_writing is { } writing)
        {
            // Values that are being written are acknowledged first, so that the broker does not send them again.
            await Task.WhenAny(writing, Task.Delay(s_patience, CancellationToken.None)).ConfigureAwait(false);
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        await CloseAsync().ConfigureAwait(false);
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += Receive;
        client.DisconnectedAsync += end =>
        {
            if (end.Reason == MqttClientDisconnectReason.SessionTakenOver)
            {
                _fault = $"{Broker} has another client with the id '{ClientId()}', which took the session over. Give each its own: the member client.";
            }

            return Task.CompletedTask;
        };
        bool isReady = false;
        try
        {
            MqttClientOptionsBuilder options = _request.Broker.Options(_request.Version, _request.UserName, _request.Password is { } password ? SecretSource.Read(password) : null, _request.Certificates)
                .WithClientId(ClientId())
                .WithCleanStart(false);
            if (_request.Version == 5)
            {
                options.WithSessionExpiryInterval(_request.SessionSeconds).WithReceiveMaximum(MostUnacknowledged).WithMaximumPacketSize(MqttPayload.MostBytes);
            }

            // An await of the task with its result would be a field of a type of the package, which would be loaded with all types of this assembly.
            Task<MqttClientConnectResult> login = client.ConnectAsync(options.Build(), cancellation);
            await ((Task)login).ConfigureAwait(false);
            if (MqttFault.OfLogin(login.Result) is { } fault)
            {
                throw NoValue($"{Broker} cannot be used: {fault}");
            }

            await SubscribeAsync(client, login.Result, cancellation).ConfigureAwait(false);
            (_client, isReady) = (client, true);
        }
        finally
        {
            if (!isReady)
            {
                client.Dispose();
            }
        }
    }

    // MQTT 3.1.1 sends retained messages at each subscription. A session with an id of its own has the subscription of this argument.
    private async Task SubscribeAsync(IMqttClient client, MqttClientConnectResult login, CancellationToken cancellation)
    {
        if (_request.Version != 5 && login.IsSessionPresent && _request.ClientId is null)
        {
            return;
        }

        MqttClientSubscribeOptions options = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(filter => filter.WithTopic(_request.Topic).WithAtLeastOnceQoS().WithRetainHandling(_request.Version == 5 ? MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly : MqttRetainHandling.SendAtSubscribe))
            .Build();
        Task<MqttClientSubscribeResult> result = client.SubscribeAsync(options, cancellation);
        await ((Task)result).ConfigureAwait(false);
        if (result.Result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refusal)
        {
            throw NoValue($"{Broker} refuses the topic '{_request.Topic}' ({refusal.ResultCode}). Check the rights of the login.");
        }
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        if (!_messages.Writer.TryWrite(message) && !_end.IsCancellationRequested)
        {
            _fault = $"{Broker} sends more messages without QoS than can be written; some are lost. Publish them with QoS 1.";
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes the messages that have arrived, all of them at once, and acknowledges them in their order.</summary>
    private async Task WriteAsync(Action<IReadOnlyList<PushedValue>> write)
    {
        List<MqttApplicationMessageReceivedEventArgs> batch = [];
        while (await _messages.Reader.WaitToReadAsync().ConfigureAwait(false) && !_end.IsCancellationRequested)
        {
            batch.Clear();
            while (batch.Count < MostUnacknowledged && _messages.Reader.TryRead(out MqttApplicationMessageReceivedEventArgs? message))
            {
                batch.Add(message);
            }

            if (await IsWrittenAsync([.. batch.Select(Read).OfType<PushedValue>()], write).ConfigureAwait(false))
            {
                await AcknowledgeAsync(batch).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IsWrittenAsync(PushedValue[] values, Action<IReadOnlyList<PushedValue>> write)
    {
        while (values.Length > 0)
        {
            try
            {
                write(values);
                return true;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                _fault = $"{Broker} waits, because the values cannot be written: {error.Message}";
                await Task.Delay(s_pause, Time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_end.IsCancellationRequested)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static async Task AcknowledgeAsync(List<MqttApplicationMessageReceivedEventArgs> batch)
    {
        foreach (MqttApplicationMessageReceivedEventArgs message in batch.Where(message => message.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce))
        {
            try
            {
                await message.AcknowledgeAsync(CancellationToken.None).WaitAsync(s_patience).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The connection is lost, for which the package has many exceptions, and the broker sends the rest again. Values must still be written.
                return;
            }
        }
    }

    /// <summary>The value of a message; null for one that has none. Those are acknowledged, too: they would be the same the next time.</summary>
    private PushedValue? Read(MqttApplicationMessageReceivedEventArgs received)
    {
        MqttApplicationMessage message = received.ApplicationMessage;
        if (message.Payload.IsEmpty || (message.Retain && !_request.TakesRetained))
        {
            return null;
        }

        try
        {
            // Several messages may arrive between two ticks of the clock; destinations keep one value of a time.
            double now = Math.Max(UnixTime.FromDateTimeOffset(Time.GetUtcNow()), _last + 1e-6);
            (double t, DataValue value) = _request.Reader.Read(message.Payload, now);
            _last = now;
            string? suffix = MqttTopic.SuffixOf(_request.Topic, message.Topic);
            return new PushedValue(t, value, suffix is null ? null : message.Topic, suffix);
        }
        catch (FormatException error)
        {
            _fault = $"A message of the topic '{TextValue.Shorten(message.Topic)}' {error.Message}";
            return null;
        }
    }

    // The same at each start, so that the session continues, and another for each item, account and machine.
    private string ClientId() => _request.ClientId
        ?? "cdb" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Environment.MachineName, Environment.UserName, Context.Name, Context.Argument))))[..20];

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is not { } client)
        {
            return;
        }

        if (client.IsConnected)
        {
            await client.TryDisconnectAsync().ConfigureAwait(false);
        }

        client.Dispose();
    }
}
