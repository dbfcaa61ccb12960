using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorDb.Server.Web;

/// <summary>Joins the modules of the page into two scripts: one that each page starts with, and one with the rest. Compressed together, they take a quarter less, and a browser waits for one file instead of many.</summary>
/// <remarks>Each module is a function that returns its exports, so that equal names in two modules stay apart. Imports and exports are lines of their own in all modules, which is all that is known of the language here.</remarks>
internal sealed partial class PageBundle
{
    /// <summary>The script that the page names.</summary>
    public const string Start = "app.js";

    /// <summary>The script with the modules that the first one only imports later.</summary>
    public const string Rest = "screens.js";

    /// <summary>The modules that a page with a session starts with, besides those that they import.</summary>
    private static readonly string[] s_first = ["home.js", Start];

    private readonly IReadOnlyDictionary<string, string> _modules;
    private readonly List<string> _order = [];

    private PageBundle(IReadOnlyDictionary<string, string> modules) => _modules = modules;

    /// <summary>The texts of the two scripts, by name.</summary>
    /// <param name="modules">The texts of the modules, by name.</param>
    public static IReadOnlyDictionary<string, string> Join(IReadOnlyDictionary<string, string> modules)
    {
        PageBundle bundle = new(modules);
        foreach (string name in s_first)
        {
            bundle.Add(name);
        }

        string[] start = [.. bundle._order];
        foreach (string name in modules.Keys.Order(StringComparer.Ordinal))
        {
            bundle.Add(name);
        }

        string[] rest = [.. bundle._order.Skip(start.Length)];
        return new Dictionary<string, string>
        {
            [Start] = string.Concat(start.Select(name => bundle.Wrap(name, start))),
            [Rest] = $"import {{ {string.Join(", ", start.Select(VariableOf))} }} from \"./{Start}\";\n{string.Concat(rest.Select(name => bundle.Wrap(name, [.. start, .. rest])))}",
        };
    }

    /// <summary>Adds a module behind those that it imports.</summary>
    private void Add(string name)
    {
        if (_order.Contains(name))
        {
            return;
        }

        foreach (Match import in Import().Matches(_modules[name]))
        {
            Add(import.Groups["from"].Value);
        }

        _order.Add(name);
    }

    /// <summary>The module as a function whose result has its exports.</summary>
    private string Wrap(string name, IReadOnlyList<string> known)
    {
        List<string> exports = [];
        string body = Import().Replace(_modules[name], import => $"const {{{import.Groups["names"].Value.Replace(" as ", ": ", StringComparison.Ordinal)}}} = {VariableOf(import.Groups["from"].Value)};");
        body = Export().Replace(body, export =>
        {
            exports.Add(export.Groups["name"].Value);
            return export.Groups["declared"].Value;
        });
        body = Later().Replace(body, import => known.Contains(import.Groups["from"].Value) ? $"Promise.resolve({VariableOf(import.Groups["from"].Value)})" : $"import(\"./{Rest}\").then(all => all.{VariableOf(import.Groups["from"].Value)})");
        return new StringBuilder().Append("export const ").Append(VariableOf(name)).Append(" = (() => {\n").Append(body).Append("return { ").AppendJoin(", ", exports).Append(" };\n})();\n").ToString();
    }

    /// <summary>No other name of the page begins so.</summary>
    private static string VariableOf(string module) => "$" + Path.GetFileNameWithoutExtension(module);

    [GeneratedRegex(@"^import \{(?<names>.*)\} from ""\./(?<from>[\w.]+)"";$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<declared>(async function|function|const|class) (?<name>\w+))", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"\bimport\(""\./(?<from>[\w.]+)""\)")]
    private static partial Regex Later();
}
