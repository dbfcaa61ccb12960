using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// Writes values to a logger. Without a measurement each item is a stream; with one, values of the same tags measured within a second
/// form one point, with a field per item.
/// </summary>
public sealed class LoggerOutput(IDataLogger logger, string? measurement = null)
{
    /// <summary>The item for which each stream was last declared.</summary>
    private readonly Dictionary<string, PollItem> _declared = new(StringComparer.Ordinal);

    /// <returns>The values that the logger refuses for good: they violate a declared schema, or are not numbers. All others are written.</returns>
    /// <exception cref="StoreException">The logger cannot write now.</exception>
    public IReadOnlyList<RefusedValue> Write(IReadOnlyList<PolledValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return measurement is null ? WriteStreams(values) : WritePoints([.. PolledPoint.Of(values)], measurement);
    }

    private List<RefusedValue> WriteStreams(IReadOnlyList<PolledValue> values)
    {
        Dictionary<string, List<PolledValue>> streams = new(StringComparer.Ordinal);
        List<RefusedValue> refused = [];
        foreach (PolledValue each in values)
        {
            string name = each.Item.Stream ?? each.Item.Name;
            try
            {
                Declare(name, each.Item);
            }
            catch (InvalidValueException error)
            {
                refused.Add(new RefusedValue(each, error.Message));
                continue;
            }

            if (!streams.TryGetValue(name, out List<PolledValue>? stream))
            {
                streams[name] = stream = [];
            }

            stream.Add(each);
        }

        IReadOnlyList<LogResult> results = logger.Write([.. streams.Select(stream => new LogBlock(stream.Key, BlockOf(stream.Value)))], OnInvalid.RejectInvalid);
        return [.. refused, .. streams.Values.Zip(results).SelectMany(pair => pair.Second.Rejected.Select(each => new RefusedValue(pair.First[each.Index], each.Error.Message)))];
    }

    private static Block BlockOf(List<PolledValue> values)
    {
        BlockBuilder block = new(values.Count);
        values.ForEach(each => block.Add(each.T, each.Value));
        return block.Build();
    }

    /// <summary>Declares the stream of an item. Of several items of one stream the first one decides, again when it is changed.</summary>
    private void Declare(string name, PollItem item)
    {
        if (_declared.TryGetValue(name, out PollItem? known) && (known.Name != item.Name || ReferenceEquals(known, item)))
        {
            return;
        }

        // Another session may have changed the declaration.
        LogChannel? old = logger.Channels.FirstOrDefault(channel => channel.Name == name && channel.Kind == ChannelKind.Stream);
        LogChannel channel = PollItemMetadata.Describe(old ?? new LogChannel { Name = name, IsToCreate = true }, item);
        if (channel != old)
        {
            logger.AddChannel(channel, isReplacing: true);
        }

        _declared[name] = item;
    }

    private RefusedValue[] WritePoints(PolledPoint[] points, string name)
    {
        IReadOnlyList<RejectedField> rejected = logger.WritePoints(name, [.. points.Select(point => (point.T, ToPoint(point.Values)))], OnInvalid.RejectInvalid);
        return [.. from each in rejected
                   from value in points[each.Index].Values
                   where each.Field is null || Fields(value).Any(field => field.Key == each.Field)
                   group each.Error by value into errors
                   select new RefusedValue(errors.Key, errors.First().Message)];
    }

    private static LogPoint ToPoint(PolledValue[] values)
    {
        DataObject tags = new([.. values[0].Item.Tags.Select(tag => KeyValuePair.Create(tag.Key, DataValue.From(tag.Value)))]);
        return new LogPoint(new DataObject([.. values.SelectMany(Fields)]), tags);
    }

    /// <summary>One field with the name of the item; for an object, one field per member.</summary>
    private static IEnumerable<KeyValuePair<string, DataValue>> Fields(PolledValue value)
        => value.Value.Kind == DataKind.Object
            ? value.Value.AsObject().Select(member => KeyValuePair.Create($"{value.Item.Name}_{member.Key}", member.Value))
            : [KeyValuePair.Create(value.Item.Name, value.Value)];
}
