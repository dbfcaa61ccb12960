using ConnectorDb.Logging;

namespace ConnectorDb.Sinks;

/// <summary>Limits a kind of sink to one kind of channel. Entries of other channels never wait for it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnlyChannelsAttribute(ChannelKind kind) : Attribute
{
    public ChannelKind Kind { get; } = kind;
}
