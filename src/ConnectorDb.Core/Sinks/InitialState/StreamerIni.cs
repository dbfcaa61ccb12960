using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.InitialState;

/// <summary>Reads <c>isstreamer.ini</c>, the configuration file of the Initial State client.</summary>
internal static class StreamerIni
{
    private const string FileName = "isstreamer.ini";

    /// <summary>Completes missing settings from the first file found.</summary>
    public static InitialStateSettings Complete(InitialStateSettings settings, params IEnumerable<string> folders)
    {
        if (folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists) is not { } path)
        {
            return settings;
        }

        Dictionary<string, string> values = Read(File.ReadLines(path));
        return settings with
        {
            AccessKey = settings.AccessKey ?? (values.TryGetValue("isstreamer.client_config.access_key", out string? key) ? new SecretText(key) : null),
            BucketName = settings.BucketName ?? values.GetValueOrDefault("isstreamer.client_config.default_bucket"),
            Url = settings.Url ?? values.GetValueOrDefault("isstreamer.api_config.stream_api_base"),
        };
    }

    /// <summary>The values by <c>section.name</c>.</summary>
    private static Dictionary<string, string> Read(IEnumerable<string> lines)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        string section = "";
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            int at = line.IndexOfAny(['=', ':']);
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
            }
            else if (at > 0)
            {
                values[$"{section}.{line[..at].Trim()}"] = line[(at + 1)..].Trim();
            }
        }

        return values;
    }
}
