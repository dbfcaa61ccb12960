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
            return parse(all.Buffer.IsSingleSegment ? all.Buffer.First : all.Buffer.ToArray());
        }
        finally
        {
            body.AdvanceTo(all.Buffer.End);
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
