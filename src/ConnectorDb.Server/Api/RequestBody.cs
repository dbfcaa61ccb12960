using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Reads and parses a whole request body.</summary>
internal static class RequestBody
{
    /// <summary>Maximum number of names and values in a body other than datapoints. Each takes up to a hundred bytes of memory, and as little as two in the body.</summary>
    private const int MaxTokens = 200_000;

    /// <summary>Length of the largest body that is copied to an array of the pool, which would keep larger ones for minutes.</summary>
    private const int MaxPooled = 1 << 20;

    /// <summary>Length of a body from which its parsing takes so long that the thread must receive from its connections meanwhile.</summary>
    private const int Long = 64 << 10;

    /// <summary>The least number of bytes that a datapoint, array or object takes in a body of the maximum size.</summary>
    private const int BytesOfPart = 8;

    /// <summary>Maximum number of datapoints, arrays and objects in an insert; it grows with the setting <c>--body-limit</c>.</summary>
    public static long MaxParts(HttpContext context) => Math.Max(1, context.RequestServices.GetRequiredService<ServerOptions>().BodyLimit / BytesOfPart);

    /// <summary>The fields of the JSON object in the body.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON object.</exception>
    public static ValueTask<JsonFields> ReadFieldsAsync(HttpContext context) => ReadBytesAsync(context, bytes => JsonFields.Parse(Checked(bytes)));

    /// <summary>The fields of the JSON object in the body; <c>null</c> counts as an empty object.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON object.</exception>
    public static ValueTask<JsonFields> ReadOptionalFieldsAsync(HttpContext context) => ReadBytesAsync(
        context,
        bytes => JsonFields.ParseValue(Checked(bytes)) is { IsNull: false } value ? JsonFields.Of(value, "The body") : JsonFields.Parse("{}"u8));

    /// <summary>The elements of the JSON array in the body.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON array.</exception>
    public static ValueTask<DataValue[]> ReadArrayAsync(HttpContext context) => ReadBytesAsync(context, bytes => JsonFields.ParseArray(Checked(bytes)));

    /// <summary>Parses the whole body. The bytes are valid only while they are parsed.</summary>
    public static async ValueTask<T> ReadBytesAsync<T>(HttpContext context, Func<ReadOnlyMemory<byte>, T> parse)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult all = await context.ReadBodyAsync();
        while (!all.IsCompleted)
        {
            body.AdvanceTo(all.Buffer.Start, all.Buffer.End);
            context.CheckBodyLimit(all.Buffer.Length);
            all = await context.ReadBodyAsync();
        }

        try
        {
            context.CheckBodyLimit(all.Buffer.Length);
            if (all.Buffer.Length > Long)
            {
                await Task.Yield();
            }

            ReadOnlySequence<byte> bytes = all.Buffer;
            ByteOrderMark.TrySkip(ref bytes, isLast: true);
            return Parse(bytes, parse);
        }
        finally
        {
            body.AdvanceTo(all.Buffer.End);
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, Func<ReadOnlyMemory<byte>, T> parse)
    {
        if (body.IsSingleSegment || body.Length > MaxPooled)
        {
            return parse(body.IsSingleSegment ? body.First : body.ToArray());
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(bytes);
            return parse(bytes.AsMemory(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <exception cref="InvalidValueException">The body has too many names and values.</exception>
    private static ReadOnlySpan<byte> Checked(ReadOnlyMemory<byte> body)
    {
        if (body.Length <= MaxTokens)
        {
            return body.Span;
        }

        Utf8JsonReader reader = new(body.Span, new JsonReaderOptions { MaxDepth = DataValue.MaxDepth });
        try
        {
            for (int tokens = 0; reader.Read();)
            {
                tokens += reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject ? 0 : 1;
                if (tokens > MaxTokens)
                {
                    throw new InvalidValueException($"The body has more than {MaxTokens} names and values, which is the maximum. Divide the request.", null);
                }
            }
        }
        catch (JsonException)
        {
            // The parser reports it, and stops at the same place.
        }

        return body.Span;
    }
}
