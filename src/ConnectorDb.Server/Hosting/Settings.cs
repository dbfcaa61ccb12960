using System.Collections;

namespace ConnectorDb.Server.Hosting;

/// <summary>Brings settings from the command line, the environment and files into <see cref="ServerOptions"/>, and names those it does not know.</summary>
internal static class Settings
{
    private const string Section = "ConnectorDb";
    private const string Prefix = "CONNECTORDB_SERVER_";
    private const string FileSetting = "config";

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

    /// <exception cref="InvalidValueException">Settings are unknown, or have values that they cannot have; all of them are named.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        ServerOptions options = new();
        string[] faults = [.. configuration.GetSection(Section).GetChildren().Select(given => Set(options, given)).OfType<string>()];
        return faults.Length == 0 ? options : throw new InvalidValueException(string.Join(Environment.NewLine, faults), null);
    }

    private static string? Set(ServerOptions options, IConfigurationSection given)
        => Setting.All.FirstOrDefault(setting => setting.Key.Equals(given.Key, StringComparison.OrdinalIgnoreCase)) is { } known
            ? known.Set(options, given.Value)
            : $"There is no setting '{given.Key}'. The settings are {string.Join(", ", Setting.All.Select(setting => setting.Name))}, and --{FileSetting} for a file of them.";

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
            throw new InvalidValueException(
                error is FileNotFoundException ? $"There is no settings file '{path}'." : $"The settings file '{path}' cannot be read. {error.GetBaseException().Message}",
                path);
        }
    }
}
