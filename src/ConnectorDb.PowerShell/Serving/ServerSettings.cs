using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The command line of the server.</summary>
internal static class ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:3124";

    /// <summary>The server writes a login link before it is ready.</summary>
    public static string[] LoginLink { get; } = ["--login-link"];

    /// <summary>Converts a hashtable of settings to arguments.</summary>
    /// <exception cref="InvalidValueException">A setting contains the character NUL, which ends an argument.</exception>
    public static IEnumerable<string> Of(IDictionary? settings)
        => from DictionaryEntry setting in settings ?? new Hashtable()
           select Whole($"--{setting.Key}={LanguagePrimitives.ConvertTo<string>(setting.Value)}");

    private static string Whole(string argument) => argument.Contains('\0', StringComparison.Ordinal)
        ? throw new InvalidValueException($"The setting '{argument.Replace("\0", @"\0", StringComparison.Ordinal)}' contains the character NUL. Give it without.", null)
        : argument;
}
