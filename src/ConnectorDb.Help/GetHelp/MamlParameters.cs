using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConnectorDb.Help.Pages;
using static ConnectorDb.Help.GetHelp.Xml;

namespace ConnectorDb.Help.GetHelp;

/// <summary>The parameters of a page, alone and in each way to call the cmdlet.</summary>
internal static partial class MamlParameters
{
    private const string Switch = "SwitchParameter";

    /// <summary>A way to call the cmdlet: its parameters in the order of the page's syntax.</summary>
    public static XElement SyntaxItem(CommandPage page, SyntaxPart syntax)
    {
        IEnumerable<XElement> parameters =
            from Match name in ParameterName().Matches(syntax.Text)
            let parameter = page.Parameters.FirstOrDefault(p => p.Name == name.Value)
            where parameter is not null
            let facts = parameter.Facts.FirstOrDefault(f => f.IsIn(syntax.Set)) ?? First(parameter)
            select Parameter(parameter, facts);
        return new XElement(Command + "syntaxItem", new XElement(Maml + "name", page.Name), parameters);
    }

    public static XElement Parameter(ParameterPart parameter) => Parameter(parameter, First(parameter));

    private static ParameterFacts First(ParameterPart parameter)
        => parameter.Facts.Count > 0 ? parameter.Facts[0] : throw new FormatException($"-{parameter.Name} has no yaml block; update the pages (docs/design/020-help.md).");

    private static XElement Parameter(ParameterPart parameter, ParameterFacts facts) => new(
        Command + "parameter",
        new XAttribute("required", facts.Required ? "true" : "false"),
        new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
        new XAttribute("globbing", facts.Wildcards ? "true" : "false"),
        new XAttribute("pipelineInput", facts.Pipeline),
        new XAttribute("position", facts.Position.ToLowerInvariant()),
        new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Text(Maml + "description", parameter.Description),
        ParameterValue(facts),
        new XElement(Dev + "type", new XElement(Maml + "name", facts.Type), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", facts.Default),
        facts.Values.Count == 0 ? null : new XElement(
            Command + "parameterValueGroup",
            facts.Values.Select(v => new XElement(
                Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v))));

    private static XElement? ParameterValue(ParameterFacts facts)
        => facts.Type == Switch ? null : new XElement(
            Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), facts.Type);

    [GeneratedRegex(@"(?<=[\[\s]-)[A-Za-z]\w*")]
    private static partial Regex ParameterName();
}
