using System.Management.Automation;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.Metadata;

/// <summary>The parameters of a cmdlet that are its own, with their facts per group of parameter sets.</summary>
internal static class CmdletParameters
{
    private static readonly HashSet<string> s_shouldProcess = ["WhatIf", "Confirm"];

    /// <summary>By name; the two of ShouldProcess last.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<ParameterFacts> Facts)> Of(CmdletInfo cmdlet)
        => from parameter in cmdlet.Parameters.Values
           where !Cmdlet.CommonParameters.Contains(parameter.Name)
           orderby s_shouldProcess.Contains(parameter.Name), parameter.Name
           select (parameter.Name, Facts(cmdlet, parameter));

    /// <summary>The types that come in through the pipeline.</summary>
    public static IEnumerable<string> PipelineTypes(CmdletInfo cmdlet)
        => from set in cmdlet.ParameterSets
           from parameter in set.Parameters
           where parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName
           orderby !parameter.ValueFromPipeline
           select FullName(parameter.ParameterType);

    private static IReadOnlyList<ParameterFacts> Facts(CmdletInfo cmdlet, ParameterMetadata parameter)
    {
        var groups = (from set in cmdlet.ParameterSets
                      from inSet in set.Parameters
                      where inSet.Name == parameter.Name
                      group set.Name by (inSet.IsMandatory, inSet.Position, Pipeline(inSet))).ToList();
        bool isEverywhere = groups.Count == 1 && groups[0].Count() == cmdlet.ParameterSets.Count;
        return [.. groups.Select(g => new ParameterFacts
        {
            Type = TypeName(parameter.ParameterType),
            Sets = isEverywhere ? [ParameterFacts.AllSets] : [.. g.Order(StringComparer.Ordinal)],
            Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
            Values = Values(parameter),
            Required = g.Key.IsMandatory,
            Position = g.Key.Position < 0 ? "Named" : $"{g.Key.Position}",
            Default = parameter.SwitchParameter ? "False" : "None",
            Pipeline = g.Key.Item3,
            Wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        })];
    }

    private static string Pipeline(CommandParameterInfo parameter)
        => (parameter.ValueFromPipelineByPropertyName, parameter.ValueFromPipeline) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByPropertyName)",
            (false, true) => "True (ByValue)",
            _ => "False",
        };

    private static string[] Values(ParameterMetadata parameter)
    {
        Type type = Underlying(parameter.ParameterType);
        return parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set ? [.. set.ValidValues]
            : type.IsEnum ? Enum.GetNames(type) : [];
    }

    private static string TypeName(Type type)
    {
        Type underlying = Underlying(type);
        return type.IsArray ? TypeName(type.GetElementType()!) + "[]"
            : underlying.IsGenericType ? $"{underlying.Name.Split('`')[0]}[{string.Join(", ", underlying.GetGenericArguments().Select(TypeName))}]"
            : underlying.Name;
    }

    private static string FullName(Type type)
        => Underlying(type) is { IsGenericType: false } plain ? plain.FullName ?? plain.Name : TypeName(type);

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
