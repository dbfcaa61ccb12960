using System.Collections;
using System.Reflection;

namespace ConnectorDb.Server.Hosting;

/// <summary>Brings settings from the command line, the environment and files into <see cref="ServerOptions"/>, and names those it does not know.</summary>
internal static class Settings
{
    private const string Section = "ConnectorDb";
    private const string Prefix = "CONNECTORDB_SERVER_";
    private const string FileSetting = "config";

    private static readonly PropertyInfo[] s_known = typeof(ServerOptions).GetProperties();

    /// <summary>Adds what the file of <c>--config</c>, the environment and the command line say, the later before the earlier.</summary>
    /// <exception cref="InvalidValueException">An argument is none, or the file cannot be read.</exception>
    public static void AddSettings(this ConfigurationManager configuration, IReadOnlyList<string> arguments, IDictionary environment)
    {
        Dictionary<string, string?> given = CommandLine.Parse(arguments);
        string ofFile = Key(FileSetting);
        Dictionary<string, string?> variables = Variables(environment);
        if ((given.Remove(ofFile, out string? file) | variables.Remove(ofFile, out string? named)) && (file ?? named) is { } path)
        {
            AddFile(configuration, Path.GetFullPath(path));
        }

        configuration.AddInMemoryCollection(variables);
        configuration.AddInMemoryCollection(given);
    }

    /// <exception cref="InvalidValueException">A setting is unknown, or its value is none that it can have.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        if (section.GetChildren().FirstOrDefault(child => !s_known.Any(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))) is { } unknown)
        {
            throw new InvalidValueException($"There is no setting '{unknown.Key}'. The settings are {string.Join(", ", s_known.Select(p => "--" + Kebab(p.Name)))}, and --{FileSetting} for a file of them.", unknown.Key);
        }

        try
        {
            return section.Get<ServerOptions>() ?? new ServerOptions();
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidValueException($"A setting has a value that it cannot have. {error.Message} {error.InnerException?.Message}", null);
        }
    }

    /// <summary>The place of a setting: names with a colon are those of the framework, as <c>Kestrel:Endpoints:Http:Url</c>.</summary>
    public static string Key(string name) => name.Contains(':', StringComparison.Ordinal)
        ? name
        : $"{Section}:{(name.Equals("urls", StringComparison.OrdinalIgnoreCase) ? nameof(ServerOptions.Url) : name.Replace("-", "", StringComparison.Ordinal))}";

    private static Dictionary<string, string?> Variables(IDictionary environment) => environment.Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value))
        .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            variable => Key(variable.Name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal).Replace('_', '-')),
            variable => variable.Value,
            StringComparer.OrdinalIgnoreCase);

    private static void AddFile(ConfigurationManager configuration, string path)
    {
        try
        {
            configuration.AddJsonFile(path, optional: false, reloadOnChange: false);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"The settings file '{path}' cannot be read. {error.InnerException?.Message ?? error.Message}", path);
        }
    }

    private static string Kebab(string name)
        => string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
