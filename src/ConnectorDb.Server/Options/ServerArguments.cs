namespace ConnectorDb.Server.Options;

/// <summary>Parses the command line: <c>--name value</c>, <c>--name=value</c>, and <c>--name</c> alone for a switch.</summary>
internal static class ServerArguments
{
    /// <summary>The settings by configuration key.</summary>
    /// <exception cref="InvalidValueException">An argument has none of these forms.</exception>
    public static Dictionary<string, string?> Parse(IReadOnlyList<string> arguments)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                throw new InvalidValueException($"'{argument}' is not a setting. Write settings as --name value; --help lists them.", argument);
            }

            string[] parts = argument[2..].Split('=', 2);
            string key = Settings.Key(parts[0]);
            bool isAlone = parts.Length == 1 && (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal));
            settings[key] = parts.Length == 2 ? parts[1] : !isAlone ? arguments[++i] : IsSwitch(key) ? "true"
                : throw new InvalidValueException($"--{parts[0]} needs a value: --{parts[0]} VALUE.", argument);
        }

        return settings;
    }

    private static bool IsSwitch(string key) => Setting.All.FirstOrDefault(setting => Settings.Key(setting.Key).Equals(key, StringComparison.OrdinalIgnoreCase)) is { IsSwitch: true };
}
