using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>Streams datapoints to the client block by block.</summary>
/// <remarks>
/// The status is sent when the first block is available. When a later block fails, the response ends with the error and the connection is
/// aborted, so that no client takes the incomplete result for the whole.
/// </remarks>
internal static class DatapointResponse
{
    /// <param name="areNamed">Each datapoint names its stream.</param>
    public static async Task WriteDatapointsAsync(this HttpContext context, IAsyncEnumerable<Block> blocks, bool areNamed = false)
    {
        await using IAsyncEnumerator<Block> source = blocks.GetAsyncEnumerator(context.RequestAborted);
        bool isThere = await source.MoveNextAsync();
        IDatapointFormat format = CsvDatapointFormat.IsAskedFor(context.Request) ? new CsvDatapointFormat(areNamed) : new JsonDatapointFormat();
        context.Response.ContentType = format.ContentType;
        ArrayBufferWriter<byte> piece = new();
        try
        {
            format.Begin(piece);
            while (isThere)
            {
                Write(format, piece, source.Current, context);
                await SendAsync(context, piece);
                isThere = await source.MoveNextAsync();
            }

            format.End(piece);
            await SendAsync(context, piece);
        }
        catch (CdbException error) when (context.Response.HasStarted)
        {
            piece.ResetWrittenCount();
            format.Break(piece, ConnectorDb03Messages.AddTo(Failure.Of(error), error));
            await SendAsync(context, piece);
            throw;
        }
    }

    private static void Write(IDatapointFormat format, ArrayBufferWriter<byte> piece, Block block, HttpContext context)
    {
        try
        {
            format.Write(piece, block);
        }
        catch (ArgumentException error)
        {
            throw new InvalidValueException($"A result cannot be sent. {error.Message} Change the transform so that it omits such values.", context.Request.Query["transform"].ToString());
        }
    }

    // Each piece is flushed before the next one is computed: an aborted connection discards what is still buffered.
    private static async Task SendAsync(HttpContext context, ArrayBufferWriter<byte> piece)
    {
        context.Response.BodyWriter.Write(piece.WrittenSpan);
        piece.ResetWrittenCount();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
