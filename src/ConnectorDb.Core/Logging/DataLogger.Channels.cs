using System.Collections.Concurrent;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private static readonly string s_connectorDb = SinkSettings.KindOf(typeof(ConnectorDbSettings));
    private readonly ConcurrentDictionary<string, ChannelRow> _channels = new(StringComparer.Ordinal);

    /// <summary>The channels in the order of their declaration.</summary>
    public IReadOnlyList<LogChannel> Channels
        => [.. _outbox.Read(state => state.Channels(), CancellationToken.None).Select(row => row.Channel)];

    /// <summary>Declares a channel or changes its declaration, without contacting a destination.</summary>
    /// <exception cref="InvalidSchemaException">The schema is not a valid JSON Schema.</exception>
    /// <exception cref="InvalidValueException">The name is empty.</exception>
    public void AddChannel(LogChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (string.IsNullOrWhiteSpace(channel.Name))
        {
            throw new InvalidValueException("A channel needs a name.", channel.Name);
        }

        if (channel.Definition?.Schema is { } schema)
        {
            _schemas.Minify(schema, channel.Name);
        }

        if (Find(channel.Name) is null && _outbox.Read(state => state.Destinations().Any(row => row.Kind == s_connectorDb), CancellationToken.None))
        {
            DemandOwnNames([.. Channels, channel]);
        }

        _channels[channel.Name] = _outbox.Write(state => state.PutChannel(channel), CancellationToken.None);
    }

    /// <summary>Returns the channel of this name and kind and declares it if it does not exist.</summary>
    /// <param name="isAnyKind">A channel of another kind is returned too.</param>
    private LogChannel GetOrDeclare(string name, ChannelKind kind, bool isAnyKind = false)
    {
        if (Find(name) is null)
        {
            AddChannel(new LogChannel { Name = name, Kind = kind, IsToCreate = kind == ChannelKind.Stream });
        }

        LogChannel found = Find(name)!.Channel;
        return found.Kind == kind || isAnyKind
            ? found
            : throw new InvalidValueException($"The channel '{name}' is of the kind {found.Kind} and cannot be used as {kind}. Choose another name.", name);
    }

    // A stream in which two channels mix rejects the older of their values, and tells nobody which is which.
    /// <summary>Checks that no two channels have one stream at a ConnectorDB destination.</summary>
    /// <exception cref="InvalidValueException">Two channels have the same stream.</exception>
    private static void DemandOwnNames(IEnumerable<LogChannel> channels)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (LogChannel channel in channels)
        {
            string stream = StreamNames.Of(channel);
            if (!names.TryAdd(stream, channel.Name))
            {
                throw new InvalidValueException($"'{channel.Name}' and '{names[stream]}' would both be the stream '{stream}' at a ConnectorDB destination. Choose another name for one of them.", channel.Name);
            }
        }
    }

    private ChannelRow? Find(string name)
    {
        if (!_channels.TryGetValue(name, out ChannelRow? row) && _outbox.Read(state => state.FindChannel(name), CancellationToken.None) is { } found)
        {
            row = _channels[name] = found;
        }

        return row;
    }
}
