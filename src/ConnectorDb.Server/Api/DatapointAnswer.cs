using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>
/// Datapoints of any number, written from their columns as they come. The status is sent when the first of them are there; when
/// the rest fails, the answer breaks off with the reason and the connection with it, so that nobody takes the part for the whole.
/// </summary>
internal static class DatapointAnswer
{
    /// <param name="areNamed">Each says from which stream it comes.</param>
    public static async Task WriteDatapointsAsync(this HttpContext context, IAsyncEnumerable<Block> blocks, bool areNamed = false)
    {
        await using IAsyncEnumerator<Block> source = blocks.GetAsyncEnumerator(context.RequestAborted);
        bool isThere = await source.MoveNextAsync();
        IDatapointFormat format = CsvFormat.IsAskedFor(context.Request) ? new CsvFormat(areNamed) : new JsonFormat();
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
            format.Break(piece, Failure.Of(error));
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
            throw new InvalidValueException($"A result cannot be sent. {error.Message} Let the transform leave such values out.", context.Request.Query["transform"].ToString());
        }
    }

    /// <summary>Sends a piece that is whole, so that none is left behind in the buffers of the answer when the next one fails.</summary>
    private static async Task SendAsync(HttpContext context, ArrayBufferWriter<byte> piece)
    {
        context.Response.BodyWriter.Write(piece.WrittenSpan);
        piece.ResetWrittenCount();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
