using System.Buffers;
using System.IO.Pipelines;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Server.Api;

/// <summary>The datapoints of an insert, parsed into columns while they arrive.</summary>
internal static class InsertBody
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
            reader.Read(ref bytes, piece.IsCompleted);
            body.AdvanceTo(bytes.Start, piece.Buffer.End);
        }
        while (!piece.IsCompleted);

        Block points = reader.Take();
        return context.Request.Headers.ContainsKey(ProtocolHeaders.InsertId) ? points : WithoutZeros(points);
    }

    /// <summary>The time 0 of a client that knows the original server means now, as no time does.</summary>
    private static Block WithoutZeros(Block points)
    {
        if (!points.Times.Span.Contains(0))
        {
            return points;
        }

        double[] times = points.Times.ToArray();
        times.AsSpan().Replace(0, double.NaN);
        return new Block(times, points.Values, points.Origins);
    }
}
