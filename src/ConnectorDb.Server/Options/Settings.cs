using System.Collections;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Server.Options;

/// <summary>Reads <see cref="ServerOptions"/> from the command line, the environment and files, and rejects unknown settings.</summary>
internal static class Settings
{
    private const string Section = "ConnectorDb";
    private const string Prefix = "CONNECTORDB_SERVER_";
    private const string FileSetting = "config";

    /// <summary>Adds the file of <c>--config</c>, the environment and the command line; later sources override earlier ones.</summary>
    /// <exception cref="InvalidValueException">An argument is malformed, or the file cannot be read.</exception>
    public static void AddSettings(this ConfigurationManager configuration, IReadOnlyList<string> arguments, IDictionary environment)
    {
        Dictionary<string, string?> given = ServerArguments.Parse(arguments);
        string fileKey = Key(FileSetting);
        Dictionary<string, string?> variables = Variables(environment);
        if ((given.Remove(fileKey, out string? file) | variables.Remove(fileKey, out string? named)) && (file ?? named) is { } path)
        {
            AddFile(configuration, PathCheck.FaultOf(path, "settings.json") is { } fault ? throw new InvalidValueException($"--{FileSetting}: {fault}", path) : Path.GetFullPath(path));
        }

        configuration.AddInMemoryCollection(variables);
        configuration.AddInMemoryCollection(given);
    }

    /// <exception cref="InvalidValueException">Settings are unknown or have invalid values; the message names all of them.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        ServerOptions options = new();
        string[] errors = [.. configuration.GetSection(Section).GetChildren().Select(given => Set(options, given)).OfType<string>()];
        return errors.Length == 0 ? options : throw new InvalidValueException(string.Join(Environment.NewLine, errors), null);
    }

    private static string? Set(ServerOptions options, IConfigurationSection given)
        => Setting.All.FirstOrDefault(setting => setting.Key.Equals(given.Key, StringComparison.OrdinalIgnoreCase)) is { } known
            ? known.Set(options, given.Value)
            : $"There is no setting '{given.Key}'. The settings are: {string.Join(", ", Setting.All.Select(setting => setting.Name))}, and --{FileSetting} for a file of them.";

    /// <summary>The configuration key of a setting. A name with a colon is a setting of the framework, such as <c>Kestrel:Endpoints:Http:Url</c>.</summary>
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
                error is FileNotFoundException ? $"There is no settings file '{path}'. Check the path given with --{FileSetting}." : $"The settings file '{path}' cannot be read. {error.GetBaseException().Message}",
                path);
        }
    }
}
