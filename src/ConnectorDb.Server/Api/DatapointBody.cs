using System.Buffers;
using System.IO.Pipelines;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Server.Api;

/// <summary>Parses the datapoints of an insert into columns while they arrive.</summary>
internal static class DatapointBody
{
    /// <exception cref="InvalidValueException">The body is not an array of datapoints.</exception>
    public static async ValueTask<Block> ReadAsync(HttpContext context, CdbPath path)
    {
        DatapointReader reader = new(DatapointDirection.Insert, int.MaxValue, path);
        PipeReader body = context.Request.BodyReader;
        ReadResult piece;
        do
        {
            piece = await body.ReadAsync(context.RequestAborted);
            ReadOnlySequence<byte> bytes = piece.Buffer;
            try
            {
                reader.Read(ref bytes, piece.IsCompleted);
            }
            finally
            {
                body.AdvanceTo(bytes.Start, piece.Buffer.End);
            }
        }
        while (!piece.IsCompleted);

        Block points = reader.Take();
        return context.Request.Headers.ContainsKey(ProtocolHeaders.InsertId) ? points : ZeroTimes.AsNone(points);
    }
}
