using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Streams datapoints to the client block by block.</summary>
/// <remarks>
/// The status is sent when the first results are available. When something later fails, the response ends with the error and the connection is
/// aborted, so that no client takes the incomplete result for the whole.
/// </remarks>
internal static class DatapointResponse
{
    /// <summary>The weight of a block that is written as a whole. Of a heavier one each datapoint is written alone: a script may repeat a large value in all of them.</summary>
    private const long MaxPiece = 4 << 20;

    /// <summary>Time in which a client receives the reason for the end of its response.</summary>
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    /// <param name="context">The request.</param>
    /// <param name="read">Begins the query, which ends with the token.</param>
    /// <param name="areNamed">Each datapoint names its stream.</param>
    /// <param name="areStored">The datapoints are those of a stream as they are stored. They have no maximum of bytes, because nobody can ask for more than was stored.</param>
    public static async Task WriteDatapointsAsync(this HttpContext context, Func<CancellationToken, IAsyncEnumerable<Block>> read, bool areNamed = false, bool areStored = false)
    {
        // A request begins on the thread that receives from its connection. Only when that thread goes on receiving does it notice that the client leaves.
        await Task.Yield();
        using RunningQuery query = RunningQuery.Begin(context);
        try
        {
            long maxBytes = areStored ? long.MaxValue : context.RequestServices.GetRequiredService<ServerOptions>().QueryResponse;
            await WriteAsync(context, query, read, new ResponseBody(context, maxBytes), areNamed);
        }
        catch (OperationCanceledException) when (query.Reason is not null)
        {
            throw query.Reason;
        }
    }

    private static async Task WriteAsync(HttpContext context, RunningQuery query, Func<CancellationToken, IAsyncEnumerable<Block>> read, ResponseBody body, bool areNamed)
    {
        await using IAsyncEnumerator<Block> source = read(query.Ended).GetAsyncEnumerator(query.Ended);
        IDatapointFormat format = FormatOf(context, areNamed);
        try
        {
            bool isThere = await source.MoveNextAsync();
            context.Response.ContentType = format.ContentType;
            if (HttpMethods.IsHead(context.Request.Method))
            {
                return;
            }

            format.Begin(body);
            while (isThere)
            {
                foreach (Block part in Parts(source.Current))
                {
                    if (Write(format, body, part, () => FormatOf(context, areNamed), out ArgumentException? fault) > 0)
                    {
                        await body.PassAsync(query.Ended);
                    }

                    if (fault is not null)
                    {
                        await body.FlushAsync(query.Ended);
                        throw Unsendable(fault, context);
                    }
                }

                // An aborted connection discards what is not sent, so all of a block is sent before the next one is computed.
                await body.FlushAsync(query.Ended);
                isThere = await source.MoveNextAsync();
            }

            format.End(body);
            await body.EndAsync(query.Ended);
        }
        catch (CdbException error) when (context.Response.HasStarted)
        {
            await BreakAsync(context, format, body, error);
            throw;
        }
        catch (OperationCanceledException) when (query.Reason is not null && context.Response.HasStarted)
        {
            await BreakAsync(context, format, body, query.Reason);
            throw query.Reason;
        }
    }

    /// <summary>Ends an incomplete response with the error.</summary>
    private static async Task BreakAsync(HttpContext context, IDatapointFormat format, ResponseBody body, CdbException error)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(s_lastWords);
        try
        {
            body.Drop();
            format.Break(body, ConnectorDb03Messages.AddTo(Failure.Of(error), error).InWordsOf(context));
            await body.EndAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has left, or does not read.
        }
    }

    private static IEnumerable<Block> Parts(Block block)
        => block.Count > 1 && ColumnWeight.IsMoreThan(block.Values, MaxPiece) ? Enumerable.Range(0, block.Count).Select(i => block.Slice(i, 1)) : [block];

    private static IDatapointFormat FormatOf(HttpContext context, bool areNamed)
        => CsvDatapointFormat.IsAskedFor(context.Request) ? new CsvDatapointFormat(areNamed) : new JsonDatapointFormat();

    /// <summary>Writes the datapoints before the first that the format cannot express; returns their number.</summary>
    private static int Write(IDatapointFormat format, ResponseBody body, Block block, Func<IDatapointFormat> another, out ArgumentException? fault)
    {
        try
        {
            format.Write(body, block);
            fault = null;
            return block.Count;
        }
        catch (ArgumentException error)
        {
            fault = error;
            int count = CountBeforeFault(another(), block);
            body.Drop();
            format.Restart(body);
            if (count > 0)
            {
                format.Write(body, block.Slice(0, count));
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

    private static InvalidValueException Unsendable(ArgumentException fault, HttpContext context)
        => new($"A result cannot be sent. {fault.Message} Change the transform so that it omits such values.", context.Request.Query["transform"].ToString());
}
