using System.Globalization;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.InitialState;

/// <summary>Reads <c>isstreamer.ini</c>, the configuration file of the Initial State client.</summary>
internal static class StreamerIni
{
    private const string FileName = "isstreamer.ini";
    private const string Client = "isstreamer.client_config";
    private const string DefaultOfflineFile = "isstreamer_out.csv";

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Completes missing settings from the given file, or the first one found, and generates a missing key of the bucket.</summary>
    /// <param name="folder">The current folder, to which the path of the offline file is relative.</param>
    /// <param name="others">The folders to search after it.</param>
    /// <exception cref="InvalidValueException">The file is missing or invalid, or the bucket has neither key nor name.</exception>
    public static InitialStateSettings Complete(InitialStateSettings settings, string folder, params IEnumerable<string> others)
    {
        if (settings.IsComplete)
        {
            return settings;
        }

        string? path = settings.IniFile is { } given ? Find(given) : others.Prepend(folder).Select(each => Path.Combine(each, FileName)).FirstOrDefault(File.Exists);
        Dictionary<string, string> values = path is null ? [] : Read(path);
        string? name = settings.BucketName ?? values.GetValueOrDefault($"{Client}.default_bucket");
        return settings with
        {
            AccessKey = settings.AccessKey ?? (values.TryGetValue($"{Client}.access_key", out string? key) ? new SecretText(key) : null),
            BucketKey = settings.BucketKey ?? KeyFor(name),
            BucketName = name,
            HasGeneratedKey = settings.BucketKey is null,
            Url = settings.Url ?? values.GetValueOrDefault("isstreamer.api_config.stream_api_base"),
            OfflineFile = settings.OfflineFile ?? (IsOffline(values, path) ? Path.GetFullPath(OfflineFileOf(values), folder) : null),
            IsComplete = true,
        };
    }

    private static string Find(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return File.Exists(file) ? file : throw new InvalidValueException($"There is no file '{file}'. Give the file with the settings of the Initial State streamer, or its folder.", path);
    }

    private static string KeyFor(string? name) => name is not null
        ? Guid.NewGuid().ToString()
        : throw new InvalidValueException("The bucket of Initial State has neither a key nor a name. Give one with -InitialState or -BucketName, or write default_bucket in isstreamer.ini. The address of a ConnectorDB server is -ConnectorDb.", null);

    private static bool IsOffline(Dictionary<string, string> values, string? path)
        => values.GetValueOrDefault($"{Client}.offline_mode")?.ToLower(CultureInfo.InvariantCulture) switch
        {
            null or "false" or "no" or "off" or "0" => false,
            "true" or "yes" or "on" or "1" => true,
            { } other => throw new InvalidValueException($"offline_mode is '{other}' in '{path}'. Write true or false.", path),
        };

    // The Initial State client adds the extension.
    private static string OfflineFileOf(Dictionary<string, string> values)
    {
        string file = values.GetValueOrDefault($"{Client}.offline_file", DefaultOfflineFile);
        return file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? file : $"{file}.csv";
    }

    /// <summary>The values by <c>section.name</c>. An empty value counts as missing.</summary>
    private static Dictionary<string, string> Read(string path)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        string section = "";
        foreach (string line in LinesOf(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            int at = line.IndexOfAny(['=', ':']);
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
            }
            else if (at > 0 && at < line.Length - 1)
            {
                values[$"{section}.{line[..at].Trim()}"] = line[(at + 1)..].Trim();
            }
        }

        return values;
    }

    private static string[] LinesOf(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"'{path}' cannot be read: {FileAccessException.ReasonOf(error, path)}", path);
        }
    }
}
