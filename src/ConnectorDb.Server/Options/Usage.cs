using System.Globalization;
using System.Text;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Server.Options;

/// <summary>Answers <c>--help</c> and <c>--version</c>.</summary>
internal static class Usage
{
    /// <summary>The answer, or null when the arguments ask for neither.</summary>
    public static string? Answer(IReadOnlyList<string> arguments) => arguments is not [string only] ? null : only switch
    {
        "--help" or "-h" or "-?" or "/?" => Help(),
        "--version" => CdbEngine.Version,
        _ => null,
    };

    private static string Help()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"Serves a store of ConnectorDb {CdbEngine.Version} over HTTP and websockets.");
        text.AppendLine();
        text.AppendLine("Each setting is an argument (--body-limit 1048576), an environment variable");
        text.AppendLine("(CONNECTORDB_SERVER_BODY_LIMIT), or an entry in the section ConnectorDb of the JSON file that --config");
        text.AppendLine("names. Arguments override environment variables, which override the file.");
        foreach (Setting setting in Setting.All)
        {
            text.AppendLine();
            text.Append("  ").Append(setting.Name);
            if (setting.Default is { } value and not (false or ""))
            {
                text.Append(CultureInfo.InvariantCulture, $" ({value})");
            }

            text.AppendLine().Append("      ").AppendLine(setting.Description);
        }

        return text.ToString().TrimEnd();
    }
}
