using System.Globalization;
using System.Text;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Server.Hosting;

/// <summary>What the program answers to those who ask what it is, instead of serving.</summary>
internal static class Usage
{
    /// <summary>Null when nothing of that kind is asked.</summary>
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
        text.AppendLine("Each setting is an argument (--body-limit 1048576), a variable of the environment");
        text.AppendLine("(CONNECTORDB_SERVER_BODY_LIMIT), or a line in the section ConnectorDb of the JSON file that --config");
        text.AppendLine("names. An argument goes before a variable, a variable before the file.");
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
