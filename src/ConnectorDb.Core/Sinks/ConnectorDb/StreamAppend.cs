using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>
/// Brings one part of a run into its stream, each datapoint once. What is not known to be refused is looked for in the stream
/// before it is sent again: a client may send a long append in several requests, of which only the later ones fail. What is sent again
/// goes under the same identity, in case the first request is still on its way.
/// </summary>
/// <param name="restamp">Datapoints older than the newest in the stream get its time; else they are refused.</param>
internal sealed class StreamAppend(ICdbClient client, CdbPath stream, bool restamp)
{
    private const int MostTries = 5;
    private static readonly SchemaCache s_schemas = new();

    /// <returns>What was refused, by place in the run.</returns>
    public async Task<IReadOnlyList<Refusal>> RunAsync(StreamPart part, StreamMark mark, bool isRepeated, CancellationToken cancellation)
    {
        Dictionary<int, Refusal> refused = [];
        StreamPart rest = part;
        double? newest = mark.NewestT;
        bool isSent = isRepeated;
        for (int tries = 1; ; tries++)
        {
            if (isSent)
            {
                rest = part.Without(await ArrivedAsync(part, mark, cancellation).ConfigureAwait(false));
                newest = (await client.LastAsync(stream, cancellation).ConfigureAwait(false))?.T;
            }

            Add(refused, restamp ? [] : TooOld(rest, newest));
            rest = rest.Without(refused.Keys.ToHashSet());
            if (rest.Points.Count == 0)
            {
                return [.. refused.Values];
            }

            try
            {
                isSent = true;
                Block points = restamp ? Restamped(rest.Points, newest) : rest.Points;
                await client.AppendAsync([new StreamBlock(stream, points)], new AppendOptions { IdempotencyKey = $"{mark.Id}-{points.Count}" }, cancellation).ConfigureAwait(false);
                return [.. refused.Values];
            }
            catch (TimeOrderException) when (tries < MostTries)
            {
                // Somebody else has written meanwhile; with the newest time of now it can be told what is too old.
            }
            catch (SchemaViolationException error)
            {
                Add(refused, await AgainstSchemaAsync(rest, error, cancellation).ConfigureAwait(false));
            }
            catch (InvalidValueException error) when (error is { Place: { } place } && place < rest.Places.Length)
            {
                Add(refused, [new Refusal(rest.Places[place], error.Reason ?? error.Message)]);
            }

            part = part.Without(refused.Keys.ToHashSet());
        }
    }

    /// <summary>The places of the datapoints that are in the stream already, behind the mark, in their order.</summary>
    private async Task<HashSet<int>> ArrivedAsync(StreamPart part, StreamMark mark, CancellationToken cancellation)
    {
        HashSet<int> arrived = [];
        long count = await client.CountAsync(stream, cancellation).ConfigureAwait(false);
        if (count == mark.Count)
        {
            return arrived;
        }

        Block sent = restamp ? Restamped(part.Points, mark.NewestT) : part.Points;
        int next = 0;
        long from = count < mark.Count ? 0 : mark.Count;
        await foreach (Block block in client.ReadAsync(new DataQuery(stream) { I1 = from, I2 = count }, cancellation).ConfigureAwait(false))
        {
            for (int i = 0; i < block.Count; i++)
            {
                int found = Find(sent, next, block.Times.Span[i], block.Values[i]);
                if (found >= 0)
                {
                    arrived.Add(part.Places[found]);
                    next = found + 1;
                }
            }
        }

        return arrived;
    }

    /// <summary>The place of this datapoint, which is most often the next one; -1 when it is not of ours.</summary>
    private static int Find(Block sent, int next, double t, DataValue value)
    {
        ReadOnlySpan<double> times = sent.Times.Span;
        for (int i = next; i < times.Length; i++)
        {
            if (times[i] == t && sent.Values[i] == value)
            {
                return i;
            }

            if (times[i] > t)
            {
                break;
            }
        }

        return -1;
    }

    private static void Add(Dictionary<int, Refusal> refused, IReadOnlyList<Refusal> more)
    {
        foreach (Refusal refusal in more)
        {
            refused.TryAdd(refusal.Place, refusal);
        }
    }

    private static List<Refusal> TooOld(StreamPart part, double? newest)
    {
        List<Refusal> old = [];
        double last = newest ?? double.NegativeInfinity;
        ReadOnlySpan<double> times = part.Points.Times.Span;
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] < last)
            {
                old.Add(new Refusal(part.Places[i], $"It is older than the newest datapoint of the stream, which is of {UnixTime.ToDateTimeOffset(last):yyyy-MM-dd HH:mm:ss.ffffff'Z'}. Resend it restamped to give it that time.", IsOlder: true));
            }
            else
            {
                last = times[i];
            }
        }

        return old;
    }

    private static Block Restamped(Block points, double? newest)
    {
        double last = newest ?? double.NegativeInfinity;
        double[] times = points.Times.ToArray();
        for (int i = 0; i < times.Length; i++)
        {
            last = times[i] = Math.Max(times[i], last);
        }

        return new Block(times, points.Values);
    }

    /// <summary>All that does not obey the schema as it is now; at least the one that the database has refused.</summary>
    private async Task<IReadOnlyList<Refusal>> AgainstSchemaAsync(StreamPart part, SchemaViolationException error, CancellationToken cancellation)
    {
        CdbStream known = await client.GetStreamAsync(stream.ToStream(), cancellation).ConfigureAwait(false);
        CompiledSchema schema = s_schemas.Of(known.Schema);
        List<Refusal> refused = [.. Enumerable.Range(0, part.Points.Count).Select(i => schema.Check(stream, part.Points, i)).OfType<SchemaViolationException>().Select(fault => new Refusal(part.Places[fault.Index], fault.Reason!))];
        return refused.Count > 0 ? refused : [new Refusal(part.Places[error.Index], error.Reason ?? error.Message)];
    }
}
