using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote.Appending;

/// <summary>The datapoints of a call that fit in one request.</summary>
internal sealed class AppendRequest
{
    /// <summary>Servers accept 10 MiB by default.</summary>
    private const int MaxBytes = 8 << 20;

    /// <summary>Each request is one transaction, which blocks other writers.</summary>
    private const int MaxStreams = 10_000;

    private const int FirstGuess = 50_000;

    private AppendRequest(List<BlockPart> parts) => Parts = parts;

    public IReadOnlyList<BlockPart> Parts { get; }

    /// <summary>Divides a call into requests. A block without datapoints becomes a part of its own.</summary>
    public static IEnumerable<AppendRequest> Of(IReadOnlyList<StreamBlock> blocks)
    {
        List<BlockPart> parts = [];
        int bytes = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            foreach (BlockPart part in Cut(i, blocks[i], int.MaxValue))
            {
                if (parts.Count > 0 && (bytes + part.Json.Length > MaxBytes || parts.Count == MaxStreams))
                {
                    yield return new AppendRequest(parts);
                    parts = [];
                    bytes = 0;
                }

                parts.Add(part);
                bytes += part.Json.Length + part.Points.Stream.ToString().Length;
            }
        }

        if (parts.Count > 0)
        {
            yield return new AppendRequest(parts);
        }
    }

    /// <summary>Divides a block into parts that fit in one request.</summary>
    public static IEnumerable<BlockPart> Cut(int index, StreamBlock block, int maxCount)
    {
        int start = 0;
        int guess = Math.Min(maxCount, FirstGuess);
        do
        {
            int count = Math.Min(block.Points.Count - start, guess);
            byte[] json = Json(block.Points.Slice(start, count));
            while (json.Length > MaxBytes && count > 1)
            {
                count = Math.Clamp(Fitting(count, json.Length), 1, count - 1);
                json = Json(block.Points.Slice(start, count));
            }

            yield return new BlockPart(index, start, block with { Points = block.Points.Slice(start, count) }, json);
            start += count;
            guess = Math.Clamp(Fitting(count, json.Length), 1, maxCount);
        }
        while (start < block.Points.Count);
    }

    /// <summary>The body of an append to several streams.</summary>
    public byte[] Body()
    {
        using MemoryStream body = new();
        for (int i = 0; i < Parts.Count; i++)
        {
            BlockPart part = Parts[i];
            string arrival = part.Points.HasArrivalTimes ? ",\"arrival\":true" : "";
            body.Write(Encoding.UTF8.GetBytes($"{(i == 0 ? '[' : ',')}{{\"stream\":\"{part.Points.Stream}\"{arrival},\"data\":"));
            body.Write(part.Json);
            body.WriteByte((byte)'}');
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }

    private static int Fitting(int count, int bytes) => (int)(0.9 * count * MaxBytes / Math.Max(bytes, 1));

    private static byte[] Json(Block points) => RestRequest.Json(writer => DatapointWriter.WriteArray(writer, points));
}
