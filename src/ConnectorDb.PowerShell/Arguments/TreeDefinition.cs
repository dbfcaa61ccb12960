using System.Collections;
using System.Globalization;
using ConnectorDb.Fields;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Reads devices and streams from nested dictionaries that map names to properties.</summary>
internal static class TreeDefinition
{
    private const string Schema = "schema";

    /// <summary>The properties of a device.</summary>
    public static IReadOnlyList<string> DeviceKeys { get; } =
        ["nickname", "description", "icon", "apikey", "role", "public", "enabled", "visible", "usereditable", "streams"];

    /// <summary>The properties of a stream.</summary>
    public static IReadOnlyList<string> StreamKeys { get; } = [.. StreamFields.All.Select(field => field.Name)];

    /// <exception cref="InvalidValueException">An entry is not a dictionary, or has an unknown property.</exception>
    public static IReadOnlyDictionary<string, DeviceDefinition>? Devices(IDictionary? tree)
        => Read(tree, "device", DeviceKeys, null, properties => new DeviceDefinition
        {
            Nickname = properties.Text("nickname"),
            Description = properties.Text("description"),
            Icon = properties.Text("icon"),
            ApiKey = properties.Text("apikey"),
            Role = properties.Text("role")?.ToLowerInvariant(),
            Public = properties.Get<bool>("public"),
            Enabled = properties.Get<bool>("enabled"),
            Visible = properties.Get<bool>("visible"),
            UserEditable = properties.Get<bool>("usereditable"),
            Streams = Streams(Tree(properties, "streams")),
        });

    /// <inheritdoc cref="Devices"/>
    public static IReadOnlyDictionary<string, StreamDefinition>? Streams(IDictionary? tree)
        => Read(tree, "stream", StreamKeys, Schema, properties => StreamFields.All.Read(field => field.Default switch
        {
            bool => properties.Get<bool>(field.Name),
            LabelSet => LabelsArgumentAttribute.Read(properties[field.Name]),
            _ when field.Name == Schema => properties[Schema] is { } schema ? SchemaArgumentAttribute.Read(schema) : null,
            _ => properties.Text(field.Name),
        }));

    /// <param name="main">The property that a text in the place of the properties is; null for none.</param>
    private static Dictionary<string, T>? Read<T>(IDictionary? tree, string kind, IReadOnlyList<string> known, string? main, Func<NamedValues, T> make)
    {
        if (tree is null)
        {
            return null;
        }

        Dictionary<string, T> definitions = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in tree)
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            object? properties = main is not null && PowerShellObject.Unwrap(entry.Value) is string text ? new Hashtable { [main] = text } : entry.Value;
            definitions[name] = make(new NamedValues(properties, $"{kind} '{name}'", known));
        }

        return definitions;
    }

    private static IDictionary? Tree(NamedValues properties, string name)
    {
        object? value = properties[name];
        return PowerShellObject.Unwrap(value) switch
        {
            null => null,
            IDictionary tree => tree,
            var other => throw new InvalidValueException($"'{name}' is a {other.GetType().Name}. Give a hashtable that maps names to properties.", properties.Source),
        };
    }
}
