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

    /// <inheritdoc/>
    public void AddChannel(LogChannel channel, bool isReplacing = false)
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

        _channels[channel.Name] = _outbox.Write(
            state =>
            {
                LogChannel? old = state.FindChannel(channel.Name)?.Channel;
                if (old?.Kind == ChannelKind.Events && channel.Kind != ChannelKind.Events)
                {
                    ReleaseName(state, old);
                    old = null;
                }

                if (old is null)
                {
                    DemandOwnNames(state, channel);
                }

                return state.PutChannel(ChannelDeclaration.Of(old, channel, isReplacing));
            },
            CancellationToken.None);
    }

    /// <inheritdoc/>
    public void CheckChannel(LogChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (Current(channel.Name)?.Channel is { } old && (old.Kind != ChannelKind.Events || channel.Kind == ChannelKind.Events))
        {
            ChannelDeclaration.Of(old, channel, isReplacing: false);
        }
    }

    /// <summary>Gives events another name, so that a stream can have theirs.</summary>
    private static void ReleaseName(OutboxState state, LogChannel events)
    {
        if (state.HasSent(events.Name, s_connectorDb) || state.FindChannel(LogEvent.OtherChannel) is not null)
        {
            throw new InvalidValueException($"Events of this logger were already sent to the stream '{events.Name}' of a ConnectorDB. Choose another name, or use a new file for the logger.", events.Name);
        }

        state.RenameChannel(events, LogEvent.OtherChannel);
    }

    /// <summary>The channel for events: the default one unless a stream or measurement has its name.</summary>
    private string EventsChannel
        => Current(LogEvent.Channel) is { Channel.Kind: not ChannelKind.Events } ? LogEvent.OtherChannel : LogEvent.Channel;

    /// <summary>Returns the channel of this name and kind and declares it if it does not exist.</summary>
    private LogChannel GetOrDeclare(string name, ChannelKind kind)
    {
        if (Find(name) is not { } row || (row.Channel.Kind == ChannelKind.Events && kind != ChannelKind.Events))
        {
            AddChannel(new LogChannel { Name = name, Kind = kind, IsToCreate = kind == ChannelKind.Stream });
        }

        LogChannel found = Find(name)!.Channel;
        return found.Kind == kind ? found : throw ChannelDeclaration.OfOtherKind(found, kind);
    }

    /// <summary>Checks that no two channels, with a new one, have one stream at a ConnectorDB destination.</summary>
    /// <exception cref="InvalidValueException">Two channels have the same stream.</exception>
    private static void DemandOwnNames(OutboxState state, params LogChannel[] added)
    {
        StreamOwners owners = new();
        foreach (LogChannel channel in state.Destinations().Any(row => row.Kind == s_connectorDb) ? state.Channels().Select(row => row.Channel).Concat(added) : [])
        {
            if (owners.Claim(StreamNames.Of(channel), $"'{channel.Name}'") is { } fault)
            {
                throw new InvalidValueException(fault, channel.Name);
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

    /// <summary>The channel in the file: another process may have given its name to another one.</summary>
    private ChannelRow? Current(string name)
    {
        _channels.TryRemove(name, out _);
        return Find(name);
    }
}
