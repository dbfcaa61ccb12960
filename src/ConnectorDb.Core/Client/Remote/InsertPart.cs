using ConnectorDb.Columns;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>A part of a block that fits into one request.</summary>
/// <param name="Start">Its place in the block.</param>
/// <param name="Body">It in JSON.</param>
internal sealed record InsertPart(int Start, Block Points, byte[] Body)
{
    /// <summary>As many datapoints as the original clients send at once.</summary>
    public const int OriginalCount = 5000;

    /// <summary>Servers take 10 MiB by default.</summary>
    private const int MostBytes = 8 << 20;

    private const int FirstGuess = 50_000;

    /// <summary>The block in parts; an empty one is a part of its own.</summary>
    public static IEnumerable<InsertPart> Of(Block points, int mostCount)
    {
        int start = 0;
        int guess = Math.Min(mostCount, FirstGuess);
        do
        {
            int count = Math.Min(points.Count - start, guess);
            byte[] body = Json(points.Slice(start, count));
            while (body.Length > MostBytes && count > 1)
            {
                count = Math.Clamp(Fitting(count, body.Length), 1, count - 1);
                body = Json(points.Slice(start, count));
            }

            yield return new InsertPart(start, points.Slice(start, count), body);
            start += count;
            guess = Math.Clamp(Fitting(count, body.Length), 1, mostCount);
        }
        while (start < points.Count);
    }

    /// <summary>The error as one of the whole block, where the server counted from the start of this part.</summary>
    public CdbException Moved(CdbException error, CdbPath stream)
    {
        string written = $"The {Start} datapoints before were written.";
        return error switch
        {
            SchemaViolationException at => new SchemaViolationException(Text(at.Index, at.Reason), stream, Start + at.Index) { Reason = at.Reason },
            TimeOrderException at => new TimeOrderException(Text(at.Index, at.Reason), stream, Start + at.Index) { Reason = at.Reason },
            InvalidValueException { Place: { } place } at => new InvalidValueException(Text(place, at.Reason), stream) { Place = Start + place, Reason = at.Reason },
            StoreException store => new StoreException(store.Fault, $"{store.Message} {written}", store.Target, store),
            _ => error,
        };

        string Text(int place, string? reason) => reason is null ? $"{error.Message} {written}" : $"Datapoint {Start + place}: {reason} {written}";
    }

    private static int Fitting(int count, int bytes) => (int)(0.9 * count * MostBytes / Math.Max(bytes, 1));

    private static byte[] Json(Block points) => RestRequest.Json(writer => DatapointWriter.WriteArray(writer, points));
}
