using System.Buffers;
using System.IO.Pipelines;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>Reads and parses a whole request body.</summary>
internal static class RequestBody
{
    /// <summary>The fields of the JSON object in the body.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON object.</exception>
    public static ValueTask<JsonFields> ReadFieldsAsync(HttpContext context) => ReadBytesAsync(context, bytes => JsonFields.Parse(bytes.Span));

    /// <summary>The fields of the JSON object in the body; <c>null</c> counts as an empty object.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON object.</exception>
    public static ValueTask<JsonFields> ReadOptionalFieldsAsync(HttpContext context) => ReadBytesAsync(
        context,
        bytes => JsonFields.ParseValue(bytes.Span) is { IsNull: false } value ? JsonFields.Of(value, "The body") : JsonFields.Parse("{}"u8));

    /// <summary>The elements of the JSON array in the body.</summary>
    /// <exception cref="InvalidValueException">The body is not a JSON array.</exception>
    public static ValueTask<DataValue[]> ReadArrayAsync(HttpContext context) => ReadBytesAsync(context, bytes => JsonFields.ParseArray(bytes.Span));

    /// <summary>Parses the whole body. The bytes are valid only while they are parsed.</summary>
    public static async ValueTask<T> ReadBytesAsync<T>(HttpContext context, Func<ReadOnlyMemory<byte>, T> parse)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult all = await body.ReadAsync(context.RequestAborted);
        while (!all.IsCompleted)
        {
            body.AdvanceTo(all.Buffer.Start, all.Buffer.End);
            all = await body.ReadAsync(context.RequestAborted);
        }

        try
        {
            return parse(all.Buffer.IsSingleSegment ? all.Buffer.First : all.Buffer.ToArray());
        }
        finally
        {
            body.AdvanceTo(all.Buffer.End);
        }
    }
}
