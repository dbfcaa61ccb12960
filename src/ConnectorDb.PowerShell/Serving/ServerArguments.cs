using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The command line of the server.</summary>
internal static class ServerArguments
{
    public const string DefaultUrl = "http://127.0.0.1:3124";

    /// <summary>Converts a hashtable of settings to arguments.</summary>
    public static IEnumerable<string> Of(IDictionary? settings)
        => from DictionaryEntry setting in settings ?? new Hashtable()
           select $"--{setting.Key}={LanguagePrimitives.ConvertTo<string>(setting.Value)}";
}
