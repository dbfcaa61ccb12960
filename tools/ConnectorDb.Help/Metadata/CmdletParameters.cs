using System.Management.Automation;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.Metadata;

/// <summary>The parameters of a cmdlet, without the common ones, by name.</summary>
internal static class CmdletParameters
{
    public static IEnumerable<(string Name, ParameterFacts Facts)> Of(CmdletInfo cmdlet)
        => from parameter in cmdlet.Parameters.Values
           where !Cmdlet.CommonParameters.Contains(parameter.Name)
           orderby parameter.Name
           select (parameter.Name, Facts(cmdlet, parameter));

    /// <summary>The types that come in through the pipeline.</summary>
    public static IEnumerable<string> PipelineTypes(CmdletInfo cmdlet)
        => from set in cmdlet.ParameterSets
           from parameter in set.Parameters
           where parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName
           orderby !parameter.ValueFromPipeline
           select FullName(parameter.ParameterType);

    private static ParameterFacts Facts(CmdletInfo cmdlet, ParameterMetadata parameter)
    {
        SetFacts[] sets = [.. from set in cmdlet.ParameterSets
                              from inSet in set.Parameters
                              where inSet.Name == parameter.Name
                              orderby set.Name
                              select Facts(set.Name, inSet)];
        bool isSameEverywhere = sets.Length == cmdlet.ParameterSets.Count && sets.Select(s => s with { Name = ParameterFacts.AllSets }).Distinct().Count() == 1;
        return new ParameterFacts
        {
            Type = TypeName(parameter.ParameterType),
            DefaultValue = parameter.SwitchParameter ? "False" : "None",
            SupportsWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            Aliases = [.. parameter.Aliases.Order(StringComparer.Ordinal)],
            ParameterSets = isSameEverywhere ? [sets[0] with { Name = ParameterFacts.AllSets }] : sets,
            DontShow = parameter.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow),
            AcceptedValues = Values(parameter),
        };
    }

    private static SetFacts Facts(string set, CommandParameterInfo parameter) => new()
    {
        Name = set,
        Position = parameter.Position < 0 ? "Named" : $"{parameter.Position}",
        IsRequired = parameter.IsMandatory,
        ValueFromPipeline = parameter.ValueFromPipeline,
        ValueFromPipelineByPropertyName = parameter.ValueFromPipelineByPropertyName,
        ValueFromRemainingArguments = parameter.ValueFromRemainingArguments,
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
