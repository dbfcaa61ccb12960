using System.Buffers;
using System.IO.Pipelines;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Parses the datapoints of an insert into columns while they arrive.</summary>
internal static class DatapointBody
{
    /// <exception cref="InvalidValueException">The body is not an array of datapoints.</exception>
    public static async ValueTask<Block> ReadAsync(HttpContext context, CdbPath path)
    {
        DatapointReader reader = new(DatapointDirection.Insert, int.MaxValue, path, RequestBody.MaxParts(context), context.Request.ContentLength ?? 0);
        PipeReader body = context.Request.BodyReader;
        long read = 0;
        int least = 0;
        ReadResult piece;
        do
        {
            piece = await context.ReadBodyAsync(least);
            ReadOnlySequence<byte> bytes = piece.Buffer;
            try
            {
                context.CheckBodyLimit(read + bytes.Length);
                if (read > 0 || ByteOrderMark.TrySkip(ref bytes, piece.IsCompleted))
                {
                    reader.Read(ref bytes, piece.IsCompleted);
                }
            }
            finally
            {
                read += piece.Buffer.Length - bytes.Length;
                body.AdvanceTo(bytes.Start, piece.Buffer.End);
            }

            // Parsing restarts at the beginning of an incomplete datapoint. Waiting until twice as much has arrived keeps the cost of a very large one linear.
            least = (int)Math.Min(2 * bytes.Length, int.MaxValue);
        }
        while (!piece.IsCompleted);

        Block points = reader.Take();
        return InsertId.IsGiven(context.Request) ? points : ZeroTimes.AsNone(points);
    }
}
