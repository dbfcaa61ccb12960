using System.IO.Pipelines;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Server.Api;

/// <summary>
/// Datapoints of any number, written from their columns as they come. The status is sent when the first of them are there; when
/// the rest fails, the answer breaks off with the reason and the connection with it, so that nobody takes the part for the whole.
/// </summary>
internal static class DatapointAnswer
{
    public static async Task WriteDatapointsAsync(this HttpContext context, IAsyncEnumerable<Block> blocks)
    {
        await using IAsyncEnumerator<Block> source = blocks.GetAsyncEnumerator(context.RequestAborted);
        bool isThere = await source.MoveNextAsync();
        IDatapointFormat format = CsvFormat.IsAskedFor(context.Request) ? new CsvFormat() : new JsonFormat();
        context.Response.ContentType = format.ContentType;
        PipeWriter body = context.Response.BodyWriter;
        try
        {
            format.Begin(body);
            while (isThere)
            {
                format.Write(body, source.Current);
                await body.FlushAsync(context.RequestAborted);
                isThere = await source.MoveNextAsync();
            }

            format.End(body);
            await body.FlushAsync(context.RequestAborted);
        }
        catch (CdbException error) when (context.Response.HasStarted)
        {
            format.Break(body, Failure.Of(error));
            await body.FlushAsync(context.RequestAborted);
            throw;
        }
    }
}
