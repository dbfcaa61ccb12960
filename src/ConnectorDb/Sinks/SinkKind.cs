using System.ComponentModel;
using System.Reflection;
using ConnectorDb.Logging;

namespace ConnectorDb.Sinks;

/// <summary>
/// A kind of sink, described by the properties and attributes of its settings class. New-CdbSink, the configuration of a poller and its
/// JSON Schema follow from it.
/// </summary>
public sealed class SinkKind
{
    private readonly Type _settings;
    private readonly PropertyInfo _target;

    private SinkKind(Type settings)
    {
        _settings = settings;
        _target = settings.GetProperties().Single(property => property.IsDefined(typeof(SinkTargetAttribute)));
        SinkTargetAttribute target = _target.GetCustomAttribute<SinkTargetAttribute>()!;
        Kind = SinkSettings.KindOf(settings);
        Name = target.Name ?? Kind;
        TargetForm = target.Form;
        IsTargetOptional = target.IsOptional;
        TargetDescription = settings.GetCustomAttribute<DescriptionAttribute>()?.Description;
        OnlyChannels = settings.GetCustomAttribute<OnlyChannelsAttribute>()?.Kind;
        Parameters = (SinkParameter[])[.. settings.GetProperties().Where(IsParameter).Select(property => new SinkParameter(property))];
    }

    /// <summary>All kinds, by name.</summary>
    public static IReadOnlyList<SinkKind> All { get; } = (SinkKind[])
    [
        .. typeof(SinkSettings).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SinkSettings)) && !type.IsAbstract)
            .Select(type => new SinkKind(type))
            .OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    /// <summary>The value of <see cref="SinkSettings.Kind"/>, which the files of loggers contain.</summary>
    public string Kind { get; }

    /// <summary>The kind of the channels that it takes; null for all.</summary>
    public ChannelKind? OnlyChannels { get; }

    /// <summary>The parameter with the target, in PascalCase.</summary>
    public string Name { get; }

    public SinkTargetForm TargetForm { get; }

    /// <summary>True when New-CdbSink completes settings without the target.</summary>
    public bool IsTargetOptional { get; }

    public string? TargetDescription { get; }

    /// <summary>The parameters besides the target and the name of the sink.</summary>
    public IReadOnlyList<SinkParameter> Parameters { get; }

    public Type Settings => _settings;

    /// <summary>Returns true for a target that is a path.</summary>
    public bool IsPath(string target)
        => TargetForm == SinkTargetForm.File || (TargetForm == SinkTargetForm.AddressOrFile && !IsAddress(target));

    /// <summary>Returns true when a kind of sink takes the entries of a kind of channel. An unknown kind, of a newer version, takes all.</summary>
    /// <param name="kind">The value of <see cref="Kind"/>.</param>
    public static bool Takes(string kind, ChannelKind channel)
        => (All.FirstOrDefault(each => each.Kind == kind)?.OnlyChannels ?? channel) == channel;

    /// <param name="target">The target as the user wrote it.</param>
    /// <exception cref="InvalidValueException">The target is an address where a key or a file belongs, or the reverse.</exception>
    public void CheckTarget(string target) => new AddressCheck(this).DemandTarget(target);

    internal static bool IsAddress(string? target) => target?.Contains("://", StringComparison.Ordinal) == true;

    /// <summary>Creates settings. Parameters without a value keep their defaults.</summary>
    /// <param name="target">A path is absolute. Null only where the target is optional.</param>
    /// <param name="values">The values by the names of the parameters.</param>
    /// <exception cref="InvalidValueException">A value is an address by mistake.</exception>
    public SinkSettings Create(string? name, string? target, IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        new AddressCheck(this).DemandValues(values);
        SinkSettings settings = (SinkSettings)Activator.CreateInstance(_settings)!;
        _target.SetValue(settings, target);
        foreach (SinkParameter parameter in Parameters)
        {
            if (values.TryGetValue(parameter.Name, out object? value) && value is not null)
            {
                parameter.Property.SetValue(settings, value);
            }
        }

        return settings with { Name = name };
    }

    /// <summary>True when the target is the address of a server.</summary>
    internal bool IsTargetAddress => _target.Name == AddressCheck.Url;

    private static bool IsParameter(PropertyInfo property)
        => property.CanWrite
            && property.DeclaringType != typeof(SinkSettings)
            && !property.IsDefined(typeof(SinkTargetAttribute))
            && property.GetCustomAttribute<BrowsableAttribute>()?.Browsable != false;
}
