using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Writes JSON and plain text responses.</summary>
internal static class JsonResponses
{
    /// <summary>Bytes that are sent at once.</summary>
    private const int Part = 1 << 16;

    public const string Json = "application/json; charset=utf-8";

    public static Task WriteTextAsync(this HttpContext context, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    public static Task WriteOkAsync(this HttpContext context) => context.WriteTextAsync("ok");

    public static Task WriteNumberAsync(this HttpContext context, long number)
        => context.WriteTextAsync(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a response of moderate size, which is complete before its status is sent.</summary>
    public static async Task WriteJsonAsync(this HttpContext context, Action<Utf8JsonWriter> write)
    {
        ReadOnlyMemory<byte> json = Bytes(write);
        context.Response.ContentType = Json;
        await context.SendAsync(json);
    }

    /// <summary>Sends the body of a response. As long as the client reads it, a large one counts as memory of the queries of its user.</summary>
    /// <exception cref="QueryLimitException">The body is too large, or all together are.</exception>
    public static async Task SendAsync(this HttpContext context, ReadOnlyMemory<byte> body)
    {
        using IDisposable? held = body.Length > Part && context.Features.Get<Caller>() is { } caller ? Hold(context, caller, body.Length) : null;
        context.Response.ContentLength = body.Length;

        // Of a large body Kestrel would keep a copy.
        for (; body.Length > Part; body = body[Part..])
        {
            await context.Response.Body.WriteAsync(body[..Part], context.RequestAborted);
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The text of a response.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> json = new();
        using (Utf8JsonWriter writer = new(json, DatapointWriter.Options))
        {
            write(writer);
        }

        return json.WrittenMemory;
    }

    private static IDisposable Hold(HttpContext context, Caller caller, long bytes)
    {
        long most = context.RequestServices.GetRequiredService<ServerOptions>().QueryResponse;
        return bytes <= most
            ? context.RequestServices.GetRequiredService<CdbEngine>().Hold(caller.Login, bytes)
            : throw new QueryLimitException($"The response has {bytes} bytes; {most} are the maximum (--query-response). Ask for less, or for a part.", null);
    }

    public static Task WriteListAsync<T>(this HttpContext context, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
        => context.WriteJsonAsync(writer => WriteList(writer, items, write));

    public static void WriteList<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (T item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
