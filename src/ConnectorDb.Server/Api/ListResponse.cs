using System.Text.Json;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Writes a page of a list while it is read, so that a long list takes little memory.</summary>
internal static class ListResponse
{
    /// <summary>Bytes that are passed on at once. A list that has no more is sent with its length.</summary>
    private const int Part = 1 << 16;

    /// <summary>Bytes of the entries that are in memory at once: 4096 of usual size.</summary>
    private const long BytesOfEntries = 5 << 19;

    /// <param name="context">The request.</param>
    /// <param name="list">The list after a path, or from its start; it ends with the token.</param>
    /// <param name="write">Writes an entry.</param>
    /// <exception cref="QueryLimitException">The lists and queries of the user that run need too much memory.</exception>
    public static async Task WritePageAsync<T>(this HttpContext context, Func<CdbPath?, CancellationToken, IAsyncEnumerable<T>> list, Action<Utf8JsonWriter, T> write)
    {
        // See DatapointResponse: only then is it noticed that the client leaves.
        await Task.Yield();
        using RunningQuery query = RunningQuery.Begin(context);
        IDisposable? held = null;
        try
        {
            await WriteAsync(context, context.Page(after => list(after, query.Ended)), write, Hold, query.Ended);
        }
        catch (OperationCanceledException) when (query.Reason is not null)
        {
            throw query.Reason;
        }
        finally
        {
            held?.Dispose();
        }

        // A client that reads slowly, or many that ask at once, must not take all memory.
        void Hold() => held ??= context.RequestServices.GetRequiredService<CdbEngine>().Hold(context.Caller().Login, BytesOfEntries);
    }

    private static async Task WriteAsync<T>(HttpContext context, IAsyncEnumerable<T> items, Action<Utf8JsonWriter, T> write, Action hold, CancellationToken ended)
    {
        ResponseBody body = new(context, long.MaxValue);
        await using Utf8JsonWriter writer = new(body, DatapointWriter.Options);
        context.Response.ContentType = JsonResponses.Json;
        long passed = 0;
        writer.WriteStartArray();
        await foreach (T item in items.WithCancellation(ended))
        {
            write(writer, item);
            if (writer.BytesCommitted + writer.BytesPending - passed >= Part)
            {
                hold();
                writer.Flush();
                passed = writer.BytesCommitted;
                await body.PassAsync(ended);
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        if (passed == 0)
        {
            context.Response.ContentLength = writer.BytesCommitted;
        }

        await body.EndAsync(ended);
    }
}
