using System.Collections.Concurrent;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
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

        _channels[channel.Name] = _outbox.Write(state => state.PutChannel(channel), CancellationToken.None);
    }

    /// <summary>Returns the channel of this name and kind and declares it if it does not exist.</summary>
    private LogChannel GetOrDeclare(string name, ChannelKind kind)
    {
        if (Find(name) is null)
        {
            AddChannel(new LogChannel { Name = name, Kind = kind });
        }

        LogChannel found = Find(name)!.Channel;
        return found.Kind == kind
            ? found
            : throw new InvalidValueException($"The channel '{name}' is of the kind {found.Kind} and cannot be used as {kind}. Choose another name.", name);
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
