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
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly IReadOnlyDictionary<string, string> s_noTags = new Dictionary<string, string>();
    private readonly InfluxDbSettings _settings;
    private readonly HttpSender _http;
    private readonly LineProtocol _lines;
    private bool _isTested;

    /// <exception cref="InvalidValueException">The address or a default tag is invalid.</exception>
    public InfluxDbSink(InfluxDbSettings settings, SinkContext context)
    {
        _settings = settings;
        _http = new HttpSender(settings.Url, "InfluxDB", context.Time) { IsIdempotent = true };
        LineNames names = new(hasReservedNames: settings.Version > 1);
        foreach ((string name, string value) in settings.Tags ?? s_noTags)
        {
            _ = names.FaultOfTag(name, value) is { } fault ? throw new InvalidValueException($"The default tags are not valid. {fault}", name) : 0;
        }

        _lines = new LineProtocol(settings.Tags ?? s_noTags, settings.FloatsOnly, names);
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

    // An empty write needs the same login, database, retention policy and right as any other, and changes nothing. InfluxDB 2 rejects it as
    // empty after it has checked these.
    /// <summary>Logs in and checks the database and the right to write to it.</summary>
    public async ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        HttpReply reply = await PostOnceAsync([], cancellation).ConfigureAwait(false);
        return reply.Status switch
        {
            HttpStatusCode.NoContent => null,
            HttpStatusCode.BadRequest when _settings.Version > 1 && InfluxDbReply.IsOfEmptyWrite(reply) => null,
            _ when CreatesDatabase(reply) => $"the database '{_settings.Database}'",
            _ => throw Failure(reply),
        };
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        _lines.Plan(batches);
        _isTested = false;
        IReadOnlyList<BatchOutcome> outcomes = await new EntrySender(MaxLines, MaxBytes, SendAsync).WriteAsync(batches, Line, cancellation).ConfigureAwait(false);
        if (outcomes.All(outcome => outcome.Fault is null))
        {
            _lines.Types.KeepPlan();
        }

        return outcomes;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private (ReadOnlyMemory<byte>, string?) Line(SinkBatch batch, int index) => _lines.Write(batch, index);

    private async Task<SendResult> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellation)
    {
        HttpReply reply = await PostAsync(Joined(lines), cancellation).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.NoContent)
        {
            return SendResult.Accepted;
        }

        if (reply.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            return new SendResult("It is larger than InfluxDB allows.");
        }

        if (!InfluxDbReply.IsAboutPoints(reply))
        {
            await ThrowIfAboutRequestAsync(reply, cancellation).ConfigureAwait(false);
        }

        return new SendResult($"InfluxDB rejected it: {reply.Message}") { IsToRewrite = _lines.Types.Learn(reply.Message) };
    }

    // A rejection of the request as a whole, for a missing organization or by another server, must not set entries aside. When a request
    // without points is accepted, the points are the cause.
    private async Task ThrowIfAboutRequestAsync(HttpReply reply, CancellationToken cancellation)
    {
        if (reply.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity) || reply.Json is not { Kind: DataKind.Object })
        {
            throw Failure(reply);
        }

        if (!_isTested)
        {
            await TestAsync(cancellation).ConfigureAwait(false);
            _isTested = true;
        }
    }

    /// <summary>Writes lines, after creating a missing database if requested.</summary>
    private async Task<HttpReply> PostAsync(byte[] body, CancellationToken cancellation)
    {
        HttpReply reply = await PostOnceAsync(body, cancellation).ConfigureAwait(false);
        if (!CreatesDatabase(reply))
        {
            return reply;
        }

        await CreateDatabaseAsync(cancellation).ConfigureAwait(false);
        return await PostOnceAsync(body, cancellation).ConfigureAwait(false);
    }

    private bool CreatesDatabase(HttpReply reply) => reply is { Status: HttpStatusCode.NotFound, Json: not null } && _settings is { Version: 1, CreateDatabase: true };

    private Task<HttpReply> PostOnceAsync(byte[] body, CancellationToken cancellation)
        => _http.SendAsync(HttpMethod.Post, WritePath, body, Plain, compress: true, cancellation, InfluxDbReply.IsAboutContent);

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        string query = $"CREATE DATABASE \"{_settings.Database.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        HttpReply reply = await QueryAsync(query, cancellation).ConfigureAwait(false);
        if (InfluxDbReply.FaultOfQuery(reply) is { } fault)
        {
            throw Failure($"cannot create the database '{_settings.Database}': {fault} Create it yourself, or use a login that may.");
        }
    }

    private Task<HttpReply> QueryAsync(string query, CancellationToken cancellation)
        => _http.SendAsync(HttpMethod.Post, $"query?db={Escaped(_settings.Database)}", Encoding.UTF8.GetBytes($"q={Escaped(query)}"), Form, compress: false, cancellation);

    private SinkException Failure(HttpReply reply)
    {
        string answer = $"({(int)reply.Status}): {reply.Sentence}";
        return reply switch
        {
            { IsSuccess: true } => _http.Unacknowledged(reply),
            { Status: HttpStatusCode.NotFound, Json: null } => Failure($"has no write address of version {_settings.Version} {answer} {(_settings.Version == 1 ? "For an InfluxDB 2 or 3, omit -Version 1." : "For an InfluxDB 1, give -Version 1.")} Otherwise check the address."),
            { Status: HttpStatusCode.NotFound } when _settings.Version == 1 => Failure($"has no such database {answer} Create it, or use -CreateDatabase."),
            { Status: HttpStatusCode.NotFound } => Failure($"has no such bucket or organization {answer} Create it, or correct -Bucket and -Organization.{(InfluxDbReply.IsOfDatabase(reply) ? " For an InfluxDB 1, give -Version 1." : "")}"),
            _ when InfluxDbReply.IsOfRetentionPolicy(reply) => Failure($"has no such retention policy {answer} Create it, or correct -RetentionPolicy."),
            _ => Failure($"rejects the request {answer} Check the address, the database or bucket, and the version."),
        };
    }

    private SinkException Failure(string what) => new($"InfluxDB at {_settings.Location} {what}", _settings.Location);

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
