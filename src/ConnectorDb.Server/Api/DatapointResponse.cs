using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>Streams datapoints to the client block by block.</summary>
/// <remarks>
/// The status is sent when the first results are available. When something later fails, the response ends with the error and the connection is
/// aborted, so that no client takes the incomplete result for the whole.
/// </remarks>
internal static class DatapointResponse
{
    /// <param name="areNamed">Each datapoint names its stream.</param>
    public static async Task WriteDatapointsAsync(this HttpContext context, IAsyncEnumerable<Block> blocks, bool areNamed = false)
    {
        await using IAsyncEnumerator<Block> source = blocks.GetAsyncEnumerator(context.RequestAborted);
        bool isThere = await source.MoveNextAsync();
        IDatapointFormat format = FormatOf(context, areNamed);
        context.Response.ContentType = format.ContentType;
        ArrayBufferWriter<byte> piece = new();
        try
        {
            format.Begin(piece);
            while (isThere)
            {
                int written = Write(format, piece, source.Current, () => FormatOf(context, areNamed), out ArgumentException? fault);
                if (written > 0)
                {
                    await SendAsync(context, piece);
                }

                Throw(fault, context);
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

    private static IDatapointFormat FormatOf(HttpContext context, bool areNamed)
        => CsvDatapointFormat.IsAskedFor(context.Request) ? new CsvDatapointFormat(areNamed) : new JsonDatapointFormat();

    /// <summary>Writes the datapoints before the first that the format cannot express; returns their number.</summary>
    private static int Write(IDatapointFormat format, ArrayBufferWriter<byte> piece, Block block, Func<IDatapointFormat> another, out ArgumentException? fault)
    {
        try
        {
            format.Write(piece, block);
            fault = null;
            return block.Count;
        }
        catch (ArgumentException error)
        {
            fault = error;
            int count = CountBeforeFault(another(), block);
            piece.ResetWrittenCount();
            format.Restart(piece);
            if (count > 0)
            {
                format.Write(piece, block.Slice(0, count));
            }

            return count;
        }
    }

    private static int CountBeforeFault(IDatapointFormat trial, Block block)
    {
        ArrayBufferWriter<byte> discarded = new();
        trial.Begin(discarded);
        int count = 0;
        try
        {
            for (; count < block.Count; count++)
            {
                trial.Write(discarded, block.Slice(count, 1));
                discarded.ResetWrittenCount();
            }
        }
        catch (ArgumentException)
        {
            // This is the datapoint.
        }

        return count;
    }

    private static void Throw(ArgumentException? fault, HttpContext context)
    {
        if (fault is not null)
        {
            throw new InvalidValueException($"A result cannot be sent. {fault.Message} Change the transform so that it omits such values.", context.Request.Query["transform"].ToString());
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
