using System.Buffers;
using System.IO.Pipelines;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>The body of a request that is small enough to be taken as a whole.</summary>
internal static class Body
{
    /// <summary>The fields of the one object in the body.</summary>
    /// <exception cref="InvalidValueException">The body is no JSON object.</exception>
    public static ValueTask<JsonFields> ReadFieldsAsync(HttpContext context) => ReadAsync(context, bytes => JsonFields.Parse(bytes));

    /// <summary>The fields of something new, of which none is needed: null stands for an object without any.</summary>
    /// <exception cref="InvalidValueException">The body is no JSON object.</exception>
    public static ValueTask<JsonFields> ReadOptionalFieldsAsync(HttpContext context) => ReadAsync(
        context,
        bytes => JsonFields.ParseValue(bytes) is { IsNull: false } value ? JsonFields.Of(value, "The body") : JsonFields.Parse("{}"u8));

    /// <summary>The items of the one array in the body.</summary>
    /// <exception cref="InvalidValueException">The body is no JSON array.</exception>
    public static ValueTask<DataValue[]> ReadArrayAsync(HttpContext context) => ReadAsync(context, bytes => JsonFields.ParseArray(bytes));

    private static async ValueTask<T> ReadAsync<T>(HttpContext context, ReadOnlySpanFunc<T> parse)
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
            return parse(all.Buffer.IsSingleSegment ? all.Buffer.FirstSpan : all.Buffer.ToArray());
        }
        finally
        {
            body.AdvanceTo(all.Buffer.End);
        }
    }

    private delegate T ReadOnlySpanFunc<out T>(ReadOnlySpan<byte> bytes);
}
