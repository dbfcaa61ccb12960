using System.Collections.Frozen;
using System.Reflection;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.InitialState;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks;

/// <summary>All sinks by the type of their settings.</summary>
public static class SinkCatalog
{
    private static readonly Lazy<FrozenDictionary<Type, Type>> s_all = new(Scan);

    /// <summary>The types of settings.</summary>
    public static IEnumerable<Type> Settings => s_all.Value.Keys;

    /// <summary>Completes missing settings from configuration files of the user.</summary>
    /// <param name="folder">The current folder.</param>
    /// <exception cref="InvalidValueException">A configuration file is invalid.</exception>
    public static SinkSettings Complete(SinkSettings settings, string folder)
        => settings is InitialStateSettings initialState ? StreamerIni.Complete(initialState, folder, StreamerIni.Home) : settings;

    /// <summary>Creates the sink for settings without connecting.</summary>
    /// <exception cref="InvalidValueException">The settings are incomplete or invalid.</exception>
    public static ISink Open(SinkSettings settings, SinkContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return (ISink)Activator.CreateInstance(
            s_all.Value[settings.GetType()],
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions,
            binder: null,
            [settings, context],
            culture: null)!;
    }

    private static FrozenDictionary<Type, Type> Scan()
        => typeof(SinkCatalog).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<SinkAttribute>() is not null)
            .ToFrozenDictionary(type => type.GetCustomAttribute<SinkAttribute>()!.Settings);
}
