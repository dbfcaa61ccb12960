using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorDb.Core.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>
/// Makes our server answer like ConnectorDB 0.3, as recorded: without our headers and the kinds of errors, with its statuses and texts, its index of
/// times after the end, and JSON that breaks off where a script fails. A request that goes beyond its protocol fails.
/// </summary>
internal sealed class ConnectorDb03Behaviour : IStartupFilter
{
    private const string NotFound = "not_found";

    private static readonly string[] s_members =
        ["stream", "merge", "i1", "i2", "t1", "t2", "limit", "transform", "dt", "dataset", "posttransform", "interpolator", "allownil"];

    private static readonly string[] s_ours = ["linear", "min", "max", "first", "last"];
    private static readonly string[] s_ofPoints = ["before", "after", "closest"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(AnswerAsync);
        next(application);
    };

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await CheckAsync(context.Request);
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Remove(ProtocolHeaders.Version);
            context.Response.Headers.Remove(ProtocolHeaders.Target);
            return Task.CompletedTask;
        });
        if (context.WebSockets.IsWebSocketRequest || context.Request.Headers.Upgrade.Count > 0)
        {
            await next(context);
            return;
        }

        Stream body = context.Response.Body;
        using MemoryStream held = new();
        context.Response.Body = held;
        await next(context);
        context.Response.Body = body;
        byte[] answer = Changed(context, Encoding.UTF8.GetString(held.ToArray()));
        context.Response.ContentLength = null;
        await body.WriteAsync(answer);
    }

    private static byte[] Changed(HttpContext context, string text)
    {
        HttpResponse response = context.Response;
        if (response.StatusCode < 400)
        {
            bool isPastEnd = context.Request.Query["q"] == "time2index" && IsPastEnd(context, text);
            return Encoding.UTF8.GetBytes(isPastEnd ? "0" : text);
        }

        int error = text.IndexOf("{\"code\":", StringComparison.Ordinal);
        if (error > 0)
        {
            // The script failed after the first results: the status was sent, and the array stays open.
            response.StatusCode = StatusCodes.Status200OK;
            int inside = text.IndexOf(",{\"error\":", StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(text[..(inside > 0 ? inside : error)]);
        }

        JsonObject ours = JsonNode.Parse(text)!.AsObject();
        string kind = (string?)ours["kind"] ?? "";
        response.StatusCode = StatusOf(kind, context.Request) ?? response.StatusCode;
        return JsonSerializer.SerializeToUtf8Bytes(new { code = response.StatusCode, msg = MessageOf(ours, kind, context.Request), @ref = (string)ours["ref"]! });
    }

    /// <summary>Our message without the additions to that of ConnectorDB 0.3.</summary>
    private static string MessageOf(JsonObject error, string kind, HttpRequest request)
    {
        if (kind == NotFound && !IsTree(request))
        {
            return request.Path.Value!.Split('/') is [_, "api", "v1", "crud", _, _] ? "The requested device was not found." : "The requested stream was not found.";
        }

        string message = (string)error["msg"]!;
        string? detail = (string?)error["detail"];
        return detail is { Length: > 0 } && message.Length > detail.Length ? message[..^detail.Length].Trim() : message;
    }

    /// <summary>Reads a user, device, stream or list.</summary>
    private static bool IsTree(HttpRequest request)
        => request.Method == HttpMethods.Get && (!request.Path.Value!.EndsWith("/data", StringComparison.Ordinal) || request.Query["q"] == "time2index");

    private static bool IsPastEnd(HttpContext context, string index)
        => Get(context.Request, $"?q=length&downlink={context.Request.Query["downlink"]}") == index;

    /// <summary>The response to the same caller for the same path.</summary>
    private static string Get(HttpRequest original, string query)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, $"{original.Scheme}://{original.Host}{original.Path}{query}");
        request.Headers.TryAddWithoutValidation("Authorization", original.Headers.Authorization.ToString());
        using HttpResponseMessage answer = http.Send(request);
        using StreamReader text = new(answer.Content.ReadAsStream());
        return text.ReadToEnd();
    }

    private static int? StatusOf(string kind, HttpRequest request) => kind switch
    {
        "script_failed" => StatusCodes.Status500InternalServerError,
        NotFound => IsTree(request) ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden,
        "script_syntax" or "time_order" or "schema_violation" or "name_taken" or "invalid_schema" or "permission_denied" or "invalid_name" => StatusCodes.Status403Forbidden,
        _ => null,
    };

    /// <exception cref="InvalidOperationException">The request uses what ConnectorDB 0.3 does not know.</exception>
    private static async Task CheckAsync(HttpRequest request)
    {
        Refuse(
            request.Headers.ContainsKey(ProtocolHeaders.InsertId) || request.Headers.ContainsKey(ProtocolHeaders.Prefer),
            "A ConnectorDB 0.3 server has no idempotency keys and no preferences.");
        if (request.Method == HttpMethods.Put && request.Path.StartsWithSegments("/api/v1/crud", StringComparison.Ordinal) && !request.Path.Value!.EndsWith("/data", StringComparison.Ordinal))
        {
            await CheckChangesAsync(request);
        }

        if (!request.Path.Value!.EndsWith("/query/dataset", StringComparison.Ordinal))
        {
            return;
        }

        request.EnableBuffering();
        JsonObject query = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        request.Body.Position = 0;
        CheckMembers(query);
        Refuse(query["dt"] is JsonValue dt && dt.GetValueKind() != JsonValueKind.Number, "A step is a number.");
        double start = query["t1"]?.GetValue<double>() ?? 0;
        foreach ((_, JsonNode? column) in query["dataset"]!.AsObject())
        {
            CheckMembers(column!.AsObject());
            string interpolator = column["interpolator"]!.GetValue<string>();
            Refuse(s_ours.Contains(interpolator), $"There is no interpolator '{interpolator}'.");
            JsonNode[] sources = column["merge"] is JsonArray merge ? [.. merge.Select(source => source!)] : [column];
            bool hasRange = sources.All(source => source["t1"] is not null || source["t2"] is not null || source["i1"] is not null || source["i2"] is not null || source["limit"] is not null);
            Refuse(start > 0 && !hasRange && !s_ofPoints.Contains(interpolator), string.Create(CultureInfo.InvariantCulture, $"'{interpolator}' would include datapoints from before {start} in the first row."));
        }
    }

    private static async Task CheckChangesAsync(HttpRequest request)
    {
        request.EnableBuffering();
        JsonObject changes = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        request.Body.Position = 0;
        JsonObject current = JsonNode.Parse(Get(request, ""))!.AsObject();
        foreach ((string name, JsonNode? value) in changes)
        {
            Refuse(current.ContainsKey(name) && JsonNode.DeepEquals(value, current[name]), $"'{name}' keeps its value, and ConnectorDB 0.3 demands a right for it.");
        }
    }

    private static void CheckMembers(JsonObject query)
    {
        foreach ((string name, _) in query)
        {
            Refuse(!s_members.Contains(name), $"ConnectorDB 0.3 ignores '{name}'.");
        }
    }

    private static void Refuse(bool isBeyond, string message)
    {
        if (isBeyond)
        {
            throw new InvalidOperationException(message);
        }
    }
}
