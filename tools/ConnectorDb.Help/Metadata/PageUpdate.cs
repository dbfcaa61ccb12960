using System.Management.Automation;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.Metadata;

/// <summary>Brings the syntax, parameters, inputs and outputs of a page up to date with its cmdlet; keeps every text.</summary>
internal static class PageUpdate
{
    private static readonly Dictionary<string, string> s_known = new()
    {
        ["WhatIf"] = "Shows what would happen if the cmdlet runs. The cmdlet is not run.",
        ["Confirm"] = "Asks before the cmdlet runs.",
    };

    /// <summary>A page with placeholders where a person has something to say.</summary>
    public static CommandPage New(CmdletInfo cmdlet) => Apply(new CommandPage { Name = cmdlet.Name }, cmdlet);

    public static CommandPage Apply(CommandPage page, CmdletInfo cmdlet) => page with
    {
        Name = cmdlet.Name,
        Syntax = CmdletSyntax.Of(cmdlet),
        Aliases = CommandPage.AliasText([.. cmdlet.ImplementingType.GetCustomAttributes(typeof(AliasAttribute), inherit: false).Cast<AliasAttribute>().SelectMany(alias => alias.AliasNames)]),
        Parameters = [.. CmdletParameters.Of(cmdlet).Select(p => Described(page, p.Name, p.Facts))],
        Inputs = Merged(page.Inputs, CmdletParameters.PipelineTypes(cmdlet)),
        Outputs = Merged(page.Outputs, cmdlet.OutputType.Select(t => t.Name).Where(n => n != typeof(void).FullName)),
    };

    private static ParameterPart Described(CommandPage page, string name, ParameterFacts facts)
    {
        ParameterPart? written = page.Parameters.FirstOrDefault(p => p.Name == name);
        string description = written?.Description ?? s_known.GetValueOrDefault(name) ?? CommandPage.Placeholder($"what {name} means");
        return new ParameterPart(name, description, facts with { DefaultValue = written?.Facts.DefaultValue ?? facts.DefaultValue });
    }

    private static IReadOnlyList<TitledPart> Merged(IReadOnlyList<TitledPart> written, IEnumerable<string> types)
    {
        string[] names = [.. types.Distinct()];
        return names.Length == 0
            ? [written.FirstOrDefault(w => w.Title == "None") ?? new TitledPart("None", "")]
            : [.. names.Select(n => written.FirstOrDefault(w => w.Title == n) ?? new TitledPart(n, CommandPage.Placeholder($"what this {n} is")))];
    }
}
