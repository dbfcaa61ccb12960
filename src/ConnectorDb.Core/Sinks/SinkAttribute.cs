namespace ConnectorDb.Core.Sinks;

/// <summary>Registers a sink for a type of settings. Its constructor takes the settings and a <see cref="SinkContext"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SinkAttribute(Type settings) : Attribute
{
    public Type Settings { get; } = settings;
}
