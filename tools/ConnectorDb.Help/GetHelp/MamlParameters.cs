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
            select Parameter(parameter, parameter.Facts, parameter.Facts.In(syntax.Set));
        return new XElement(Command + "syntaxItem", new XElement(Maml + "name", page.Name), parameters);
    }

    /// <summary>The parameter by itself: required when any parameter set requires it.</summary>
    public static XElement Parameter(ParameterPart parameter)
    {
        SetFacts[] sets = parameter.Facts.ParameterSets;
        return Parameter(parameter, parameter.Facts, sets[0] with { IsRequired = sets.Any(s => s.IsRequired) });
    }

    private static XElement Parameter(ParameterPart parameter, ParameterFacts facts, SetFacts set) => new(
        Command + "parameter",
        new XAttribute("required", set.IsRequired ? "true" : "false"),
        new XAttribute("variableLength", facts.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
        new XAttribute("globbing", facts.SupportsWildcards ? "true" : "false"),
        new XAttribute("pipelineInput", Pipeline(set)),
        new XAttribute("position", set.Position.ToLowerInvariant()),
        new XAttribute("aliases", facts.Aliases.Length == 0 ? "none" : string.Join(", ", facts.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Text(Maml + "description", parameter.Description),
        ParameterValue(facts),
        new XElement(Dev + "type", new XElement(Maml + "name", facts.Type), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", facts.DefaultValue),
        facts.AcceptedValues.Length == 0 ? null : new XElement(
            Command + "parameterValueGroup",
            facts.AcceptedValues.Select(v => new XElement(
                Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v))));

    private static string Pipeline(SetFacts set) => (set.ValueFromPipelineByPropertyName, set.ValueFromPipeline) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByPropertyName)",
        (false, true) => "True (ByValue)",
        _ => "False",
    };

    private static XElement? ParameterValue(ParameterFacts facts)
        => facts.Type == Switch ? null : new XElement(
            Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), facts.Type);

    [GeneratedRegex(@"(?<=[\[\s]-)[A-Za-z]\w*")]
    private static partial Regex ParameterName();
}
