namespace ConnectorDb.Sinks;

/// <summary>
/// The settings of a sink, stored in the file of the logger with encrypted secrets. The properties and attributes of a subclass are the
/// only description of a kind of sink: see <see cref="SinkKind"/>.
/// </summary>
public abstract record SinkSettings
{
    /// <summary>The name of the destination; null for its kind.</summary>
    public string? Name { get; init; }

    /// <summary>The kind of the sink: InfluxDb, JsonFile, ….</summary>
    public string Kind => KindOf(GetType());

    /// <summary>The address or file of the destination, without secrets.</summary>
    public abstract string Location { get; }

    /// <summary>These settings with the data that the destination of the same name and kind has generated, such as the key of a bucket.</summary>
    /// <param name="old">The settings of the destination, without secrets.</param>
    public virtual SinkSettings Continue(SinkSettings old) => this;

    /// <summary>The name of the destination, which other cmdlets take.</summary>
    public sealed override string ToString() => Name ?? Kind;

    // The names of kinds are in the files of loggers and must not change.
    public static string KindOf(Type settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string suffix = settings.Name.EndsWith("SinkSettings", StringComparison.Ordinal) ? "SinkSettings" : "Settings";
        return settings.Name[..^suffix.Length];
    }
}
