using System.Collections.Concurrent;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

public sealed partial class DataLogger
{
    private readonly ConcurrentDictionary<string, ChannelRow> _channels = new(StringComparer.Ordinal);

    /// <summary>What is recorded, in the order it was declared.</summary>
    public IReadOnlyList<LogChannel> Channels
        => [.. _outbox.Read(state => state.Channels(), CancellationToken.None).Select(row => row.Channel)];

    /// <summary>Declares what is to be recorded, or changes what was declared; no destination is asked.</summary>
    /// <exception cref="InvalidSchemaException">The schema is none.</exception>
    /// <exception cref="InvalidValueException">The name is empty.</exception>
    public void AddChannel(LogChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (string.IsNullOrWhiteSpace(channel.Name))
        {
            throw new InvalidValueException("What is recorded needs a name.", channel.Name);
        }

        if (channel.Definition?.Schema is { } schema)
        {
            _schemas.Minify(schema, channel.Name);
        }

        _channels[channel.Name] = _outbox.Write(state => state.PutChannel(channel), CancellationToken.None);
    }

    /// <summary>A channel of this kind, made when there is none of its name.</summary>
    private LogChannel Declared(string name, ChannelKind kind)
    {
        if (Find(name) is null)
        {
            AddChannel(new LogChannel { Name = name, Kind = kind });
        }

        LogChannel found = Find(name)!.Channel;
        return found.Kind == kind
            ? found
            : throw new InvalidValueException($"'{name}' is recorded as {found.Kind}, so it cannot be {kind}. Take another name.", name);
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
