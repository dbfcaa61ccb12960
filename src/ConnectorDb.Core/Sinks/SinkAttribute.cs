namespace ConnectorDb.Core.Sinks;

/// <summary>Marks a sink by the settings it is made from. It has a constructor that takes them and a <see cref="SinkContext"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SinkAttribute(Type settings) : Attribute
{
    public Type Settings { get; } = settings;
}
