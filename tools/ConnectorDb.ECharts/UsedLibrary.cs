using System.Text.RegularExpressions;
using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>Writes the library without the parts that no chart of ConnectorDb uses, which are most of it.</summary>
internal static partial class UsedLibrary
{
    private const string Notice = "/*! Apache ECharts, https://echarts.apache.org, Apache License 2.0. ConnectorDb left out what its charts do not use. */\n";

    private static readonly string[] s_exports = ["init", "version"];

    /// <summary>Text in the installed parts: canvas, the kinds of series in lines and of shapes, axes and titles.</summary>
    private static readonly string[] s_marks = ["registerPainter(\"canvas\"", ".type=\"series.line\"", ".type=\"series.custom\"", ".type=\"grid\"", ".type=\"title\""];

    /// <exception cref="InvalidOperationException">The bundle is another one.</exception>
    public static string Write(string bundle)
    {
        Library library = Library.Of(bundle);
        IReadOnlyList<Part> all = LibraryParts.Of(bundle, library);
        ILookup<string?, string> texts = all.ToLookup(part => part.Of, part => part.Text);
        Node[] installed = [.. s_marks.Select(mark => library.Installed.FirstOrDefault(one => Has(one, mark)) ?? throw new InvalidOperationException($"The bundle installs nothing with {mark}. Choose the text for this version."))];
        Part install = new($"{library.Installer}([{string.Join(',', installed.Select(TextOf))}]);", null, new HashSet<string>([library.Installer, .. installed.SelectMany(OuterNames.In)]));
        IEnumerable<Part> exports = s_exports.Select(name => new Part($"{library.ExportedBy}.{name}={TextOf(library.Exports[name])};", null, OuterNames.In(library.Exports[name])));
        string statements = string.Concat(Part.Used([.. all, install, .. exports]).Select(part => part.Text));
        return $"{Notice}!{bundle[library.Module.Start..library.Inside.Start]}{statements}{bundle[library.Inside.End..library.Module.End]};";

        // A model is registered by its class, which has the type.
        bool Has(Node one, string mark)
        {
            string text = one is Identifier { Name: var name } ? string.Concat(texts[name]) : TextOf(one);
            return text.Contains(mark, StringComparison.Ordinal) || Model().Matches(text).Any(model => texts[model.Groups[1].Value].Any(type => type.Contains(mark, StringComparison.Ordinal)));
        }

        string TextOf(Node node) => bundle[node.Start..node.End];
    }

    [GeneratedRegex(@"register(?:Series|Component)Model\(([\w$]+)\)")]
    private static partial Regex Model();
}
