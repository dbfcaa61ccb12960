using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>Writes to an InfluxDB of version 1, 2 or 3 in line protocol.</summary>
[Sink(typeof(InfluxDbSettings))]
internal sealed class InfluxDbSink : ISink
{
    private const int MaxLines = 5000;
    private const int MaxBytes = 2 << 20;
    private const string Plain = "text/plain; charset=utf-8";
    private static readonly IReadOnlyDictionary<string, string> s_noTags = new Dictionary<string, string>();
    private readonly InfluxDbSettings _settings;
    private readonly HttpSender _http;
    private readonly LineProtocol _lines;

    public InfluxDbSink(InfluxDbSettings settings, SinkContext context)
    {
        _settings = settings;
        _http = new HttpSender(settings.Url, "InfluxDB", context.Time);
        _lines = new LineProtocol(settings.Tags ?? s_noTags, settings.FloatsOnly);
        if (settings.Token is { } token)
        {
            _http.Headers.Authorization = new AuthenticationHeaderValue("Token", token.Reveal());
        }
        else if (settings.UserName is { } user)
        {
            string login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{settings.Password?.Reveal()}"));
            _http.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
        }
    }

    public string Location => _settings.Location;

    private string WritePath => _settings.Version == 1
        ? $"write?db={Escaped(_settings.Database)}&precision=ns{(_settings.RetentionPolicy is { } policy ? $"&rp={Escaped(policy)}" : "")}"
        : $"api/v2/write?bucket={Escaped(_settings.Database)}&precision=ns{(_settings.Organization is { } org ? $"&org={Escaped(org)}" : "")}";

    public async ValueTask TestAsync(CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Get, "ping", default, Plain, compress: false, cancellation).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw Failure(reply);
        }
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
        => await new EntrySender(MaxLines, MaxBytes, SendAsync).WriteAsync(batches, Line, cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private (ReadOnlyMemory<byte>, string?) Line(SinkBatch batch, int index)
        => _lines.Write(batch, index) is { Length: > 0 } line ? (line, null) : (default, "It has no value that InfluxDB can store: a number, boolean or text.");

    private async Task<SendResult> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellation)
    {
        byte[] body = Joined(lines);
        HttpReply reply = await PostAsync(body, cancellation).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NotFound && _settings is { Version: 1, CreateDatabase: true })
        {
            await CreateDatabaseAsync(cancellation).ConfigureAwait(false);
            reply = await PostAsync(body, cancellation).ConfigureAwait(false);
        }

        return reply.Status switch
        {
            _ when reply.IsSuccess => SendResult.Accepted,
            HttpStatusCode.RequestEntityTooLarge => new SendResult("It is larger than InfluxDB allows."),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new SendResult($"InfluxDB rejected it: {reply.Message}"),
            _ => throw Failure(reply),
        };
    }

    private Task<HttpReply> PostAsync(byte[] body, CancellationToken cancellation)
        => _http.SendAsync(HttpMethod.Post, WritePath, body, Plain, compress: true, cancellation);

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        string query = $"CREATE DATABASE \"{_settings.Database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        HttpReply reply = await _http.SendAsync(HttpMethod.Post, $"query?q={Escaped(query)}", default, Plain, compress: false, cancellation).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw Failure(reply);
        }
    }

    private SinkException Failure(HttpReply reply)
        => new($"InfluxDB at {_settings.Location} rejects the request ({(int)reply.Status}): {reply.Message} Check the address, the database or bucket, and the version.", _settings.Location);

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        byte[] body = new byte[lines.Sum(line => line.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            line.CopyTo(body.AsMemory(at));
            at += line.Length;
        }

        return body;
    }
}
