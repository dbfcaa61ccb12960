using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The command line of the server.</summary>
internal static class ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:3124";

    /// <summary>The file of settings, and the addresses by the name that ASP.NET Core has for them.</summary>
    private static readonly string[] s_others = ["config", "urls"];

    /// <summary>The server writes a login link before it is ready.</summary>
    public static string[] LoginLink { get; } = ["--login-link"];

    /// <summary>The settings that are a file or folder, without hyphens.</summary>
    private static readonly HashSet<string> s_paths = new(StringComparer.OrdinalIgnoreCase) { "Config", "KeyFolder", "LogFile", "OwnerKeyFile", "Poll", "PollLogger", "Store" };

    /// <summary>Converts a hashtable of settings to arguments.</summary>
    /// <param name="settings">The settings by name.</param>
    /// <param name="fullPath">The full path of a file or folder. The folder of the process, which the server has otherwise, is not that of the session.</param>
    /// <exception cref="InvalidValueException">There is no such setting, or it contains the character NUL, which ends an argument, or is no path where one is needed.</exception>
    public static IEnumerable<string> Of(IDictionary? settings, Func<string, string> fullPath)
        => from DictionaryEntry setting in settings ?? new Hashtable()
           select ArgumentOf($"{setting.Key}", LanguagePrimitives.ConvertTo<string>(setting.Value), fullPath);

    private static string ArgumentOf(string name, string value, Func<string, string> fullPath)
    {
        string argument = $"--{Known(name)}={value}";
        return argument.Contains('\0', StringComparison.Ordinal)
            ? throw new InvalidValueException($"The setting '{argument.Replace("\0", @"\0", StringComparison.Ordinal)}' contains the character NUL. Give it without.", null)
            : IsPath(name) && value.Length > 0 ? $"--{name}={fullPath(value)}" : argument;
    }

    // Those of ASP.NET Core have colons.
    private static string Known(string name)
        => name.Contains(':', StringComparison.Ordinal) || s_others.Contains(name, StringComparer.OrdinalIgnoreCase)
            || KnownSettings.All.Any(setting => setting.Name.Equals(name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            ? name
            : throw new InvalidValueException($"There is no setting '{name}'. The settings are: {string.Join(", ", KnownSettings.All.Select(setting => setting.Name))}.", name);

    private static bool IsPath(string name) => s_paths.Contains(name.Replace("-", "", StringComparison.Ordinal)) || name.EndsWith(":Path", StringComparison.OrdinalIgnoreCase);
}
