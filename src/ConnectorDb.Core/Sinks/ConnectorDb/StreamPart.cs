using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>The datapoints of a batch for one stream.</summary>
/// <param name="Name">The name or path of the stream.</param>
/// <param name="Indexes">The index in the batch of each datapoint.</param>
internal sealed record StreamPart(string Name, StreamDefinition? ToCreate, Block Points, int[] Indexes)
{
    private const string Object = """{"type":"object"}""";

    /// <summary>The field that the stream holds; null for the stream of a channel.</summary>
    public FieldName? Field { get; init; }

    /// <summary>The reason why the datapoints cannot be sent; null when they can.</summary>
    public string? Fault { get; init; }

    /// <summary>Splits a batch: one part, or one for each field with <see cref="PointLayout.StreamPerField"/>.</summary>
    public static IReadOnlyList<StreamPart> Of(SinkBatch batch, PointLayout layout)
    {
        int[] all = [.. Enumerable.Range(0, batch.Count)];
        return batch.Channel.Kind switch
        {
            ChannelKind.Stream when batch.Channel.IsToCreate => [new(StreamNames.Of(batch.Channel), batch.Channel.Definition ?? new StreamDefinition(), batch.Points, all)],
            ChannelKind.Stream => [new(batch.Channel.Name, null, batch.Points, all)],
            ChannelKind.Measurement when layout == PointLayout.StreamPerField => [.. ByField(batch)],
            ChannelKind.Measurement => [new(StreamNames.Of(batch.Channel), new StreamDefinition { Schema = Object }, Flat(batch.Points), all)],
            _ => [new(StreamNames.Of(batch.Channel), new StreamDefinition { Schema = Object }, batch.Points, all)],
        };
    }

    /// <summary>The stream, or its downlink when another device owns it.</summary>
    /// <exception cref="InvalidNameException">The name is not a valid path of a stream.</exception>
    public CdbPath TargetFor(CdbPath identity)
    {
        CdbPath path = CdbPath.Resolve(Name, CdbPathKind.Stream, identity);
        return path.Parent == identity ? path : path.ToDownlink();
    }

    /// <summary>The part without the datapoints at the given indexes of the batch.</summary>
    public StreamPart Without(IReadOnlySet<int> refused)
    {
        if (!Indexes.Any(refused.Contains))
        {
            return this;
        }

        BlockBuilder kept = new(Indexes.Length);
        List<int> indexes = [];
        for (int i = 0; i < Indexes.Length; i++)
        {
            if (!refused.Contains(Indexes[i]))
            {
                kept.Add(Points, i, 1);
                indexes.Add(Indexes[i]);
            }
        }

        return this with { Points = kept.Build(), Indexes = [.. indexes] };
    }

    private static IEnumerable<StreamPart> ByField(SinkBatch batch)
    {
        Dictionary<string, (BlockBuilder Points, List<int> Indexes)> fields = new(StringComparer.Ordinal);
        for (int i = 0; i < batch.Count; i++)
        {
            foreach ((string field, DataValue value) in LogPoint.Read(batch.Points.Values[i]).Fields.Members)
            {
                if (!fields.TryGetValue(field, out (BlockBuilder Points, List<int> Indexes) part))
                {
                    fields[field] = part = (new BlockBuilder(), []);
                }

                part.Points.Add(batch.Points.Times.Span[i], value);
                part.Indexes.Add(i);
            }
        }

        foreach ((string name, (BlockBuilder points, List<int> indexes)) in fields)
        {
            FieldName field = new(batch.Channel.Name, name);
            yield return new StreamPart(field.Stream, new StreamDefinition { Description = field.Description }, points.Build(), [.. indexes]) { Field = field };
        }
    }

    /// <summary>Converts points to objects of fields and tags. A tag with the name of a field gets the suffix <c>_1</c>, as in queries of InfluxDB.</summary>
    private static Block Flat(Block points)
    {
        BlockBuilder flat = new(points.Count);
        for (int i = 0; i < points.Count; i++)
        {
            LogPoint point = LogPoint.Read(points.Values[i]);
            Dictionary<string, DataValue> members = new(StringComparer.Ordinal);
            foreach ((string name, DataValue value) in point.Fields.Concat(point.Tags))
            {
                string free = name;
                for (int n = 1; !members.TryAdd(free, value); n++)
                {
                    free = $"{name}_{n.ToString(CultureInfo.InvariantCulture)}";
                }
            }

            flat.Add(points.Times.Span[i], DataValue.From(new DataObject([.. members])));
        }

        return flat.Build();
    }
}
