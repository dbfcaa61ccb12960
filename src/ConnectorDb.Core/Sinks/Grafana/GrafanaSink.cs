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

    public async ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Get, "api/annotations?limit=1", default, Json, compress: false, cancellation).ConfigureAwait(false);
        if (reply is not { Status: HttpStatusCode.OK, Json.Kind: DataKind.Array })
        {
            throw Failure(reply);
        }

        await TestDashboardAsync(cancellation).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
        => await new EntrySender(1, int.MaxValue, SendAsync).WriteAsync(batches, Annotation, cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TestDashboardAsync(CancellationToken cancellation)
    {
        if (_settings.DashboardUid is not { } dashboard)
        {
            return;
        }

        HttpReply reply = await _http.SendAsync(HttpMethod.Get, $"api/dashboards/uid/{Uri.EscapeDataString(dashboard)}", default, Json, compress: false, cancellation).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NotFound)
        {
            throw new SinkException($"Grafana at {_settings.Url} has no dashboard with the uid '{dashboard}'. The uid is a part of the dashboard's address, after /d/.", _settings.Url);
        }

        if (reply is not { Status: HttpStatusCode.OK, Json.Kind: DataKind.Object })
        {
            throw Failure(reply);
        }
    }

    private (ReadOnlyMemory<byte>, string?) Annotation(SinkBatch batch, int index)
    {
        if (batch.Channel.Kind != ChannelKind.Events)
        {
            return default;
        }

        double start = batch.Points.Times.Span[index];
        LogEvent occurrence = LogEvent.Read(start, batch.Points.Values[index]);
        if (!IsTime(start) || !IsTime(occurrence.Stop))
        {
            return (default, "Its time or its end is not between the years 1970 and 9999, which Grafana requires.");
        }

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

    // Grafana replaces the time 0 by the current time.
    private static bool IsTime(double t) => t >= 1 / Milliseconds && t <= UnixTime.FromDateTimeOffset(DateTimeOffset.MaxValue);

    private static DataValue Tag(KeyValuePair<string, DataValue> tag)
        => DataValue.From($"{tag.Key}:{(tag.Value.Kind == DataKind.Text ? tag.Value.AsText() : tag.Value.ToJson())}");

    private async Task<SendResult> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Post, "api/annotations", entries[0], Json, compress: false, cancellation).ConfigureAwait(false);
        return reply.Status switch
        {
            _ when IsAcknowledged(reply) => SendResult.Accepted,
            HttpStatusCode.RequestEntityTooLarge => new SendResult("It is larger than Grafana allows."),
            HttpStatusCode.BadRequest when reply.Json is not null => new SendResult($"Grafana rejected it: {reply.Message}"),
            _ => throw Failure(reply),
        };
    }

    /// <summary>Grafana answers <c>{"id": 1, "message": "Annotation added"}</c>.</summary>
    private static bool IsAcknowledged(HttpReply reply) => reply.Status == HttpStatusCode.OK && (reply.Member("id") is not null || reply.Member("message") == "Annotation added");

    private SinkException Failure(HttpReply reply) => reply.IsSuccess
        ? _http.Unacknowledged(reply)
        : new($"Grafana at {_settings.Url} rejects the request ({(int)reply.Status}): {reply.Sentence} Check the address.", _settings.Url);
}
