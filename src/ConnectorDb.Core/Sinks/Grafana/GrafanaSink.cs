using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Grafana;

/// <summary>Creates annotations for events and ignores all other entries.</summary>
[Sink(typeof(GrafanaSettings))]
internal sealed class GrafanaSink : ISink
{
    private const string Json = "application/json";
    private const double Milliseconds = 1000;
    private readonly GrafanaSettings _settings;
    private readonly HttpSender _http;

    public GrafanaSink(GrafanaSettings settings, SinkContext context)
    {
        _settings = settings;
        _http = new HttpSender(settings.Url, "Grafana", context.Time);
        _http.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token.Reveal());
    }

    public string Location => _settings.Location;

    public async ValueTask TestAsync(CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Get, "api/annotations?limit=1", default, Json, compress: false, cancellation).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw Failure(reply);
        }
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
        => await new EntrySender(1, int.MaxValue, SendAsync).WriteAsync(batches, Annotation, cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private (ReadOnlyMemory<byte>, string?) Annotation(SinkBatch batch, int index)
    {
        if (batch.Channel.Kind != ChannelKind.Events)
        {
            return default;
        }

        double start = batch.Points.Times.Span[index];
        LogEvent occurrence = LogEvent.Read(start, batch.Points.Values[index]);
        List<KeyValuePair<string, DataValue>> members =
        [
            new("time", DataValue.From((long)Math.Round(start * Milliseconds))),
            new("timeEnd", DataValue.From((long)Math.Round(occurrence.Stop * Milliseconds))),
            new("tags", DataValue.From([.. occurrence.Tags.Select(Tag)])),
            new("text", DataValue.From(occurrence.Text)),
        ];
        if (_settings.DashboardUid is { } dashboard)
        {
            members.Add(new("dashboardUID", DataValue.From(dashboard)));
        }

        if (_settings.PanelId is { } panel)
        {
            members.Add(new("panelId", DataValue.From(panel)));
        }

        return (Encoding.UTF8.GetBytes(DataValue.From(new DataObject([.. members])).ToJson()), null);
    }

    private static DataValue Tag(KeyValuePair<string, DataValue> tag)
        => DataValue.From($"{tag.Key}:{(tag.Value.Kind == DataKind.Text ? tag.Value.AsText() : tag.Value.ToJson())}");

    private async Task<SendResult> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Post, "api/annotations", entries[0], Json, compress: false, cancellation).ConfigureAwait(false);
        return reply.Status switch
        {
            _ when reply.IsSuccess => SendResult.Accepted,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => new SendResult($"Grafana rejected it: {reply.Message}"),
            _ => throw Failure(reply),
        };
    }

    private SinkException Failure(HttpReply reply)
        => new($"Grafana at {_settings.Url} rejects the request ({(int)reply.Status}): {reply.Message} Check the address.", _settings.Url);
}
