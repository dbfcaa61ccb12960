using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Server.Api;

/// <summary>Writes JSON and plain text responses.</summary>
internal static class JsonResponses
{
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
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
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
