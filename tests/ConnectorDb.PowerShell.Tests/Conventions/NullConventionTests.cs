using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>A parameter refuses null, such as the value of a variable with a wrong name, or gives it a meaning.</summary>
public sealed class NullConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private static readonly string[] s_common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    /// <summary>The parameters that take null, and its meaning, which their pages have.</summary>
    private static readonly Dictionary<string, string> s_meanings = new()
    {
        ["Data"] = "the value null",
        ["Datatype"] = "clears it",
        ["Description"] = "clears it",
        ["Email"] = "clears it",
        ["Icon"] = "clears it",
        ["Invoke-CdbTransform -InputObject"] = "the value null",
        ["New-CdbDevice -Role"] = "none",
        ["Label"] = "clears them",
        ["Nickname"] = "clears it",
        ["Schema"] = "any value",
        ["Set-CdbDevice -Role"] = "none",
        ["Value"] = "the value null",
    };

    /// <summary>The parameters whose value comes from elsewhere when it is null.</summary>
    private static readonly Dictionary<string, string> s_sources = new()
    {
        ["Credential"] = "PowerShell asks for it",
        ["InputObject"] = "the pipeline",
        ["New-CdbUser -Password"] = "the host asks for it",
        ["New-CdbUser -User"] = "the name in the credential",
        ["ProxyCredential"] = "PowerShell asks for it",
    };

    [Fact]
    public void A_parameter_refuses_null_or_gives_it_a_meaning()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where !s_common.Contains(parameter.Name) && !IsIn(s_meanings, cmdlet, parameter) && !IsIn(s_sources, cmdlet, parameter) && !RefusesNull(cmdlet, parameter)
            select $"{cmdlet.Name} -{parameter.Name}: it ignores null; it needs [ValidateNotNull], NonEmptyCell for the column of a table, or a line with the meaning of null in s_meanings");

    [Fact]
    public void A_parameter_has_a_type_that_can_be_read()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            select $"{cmdlet.Name} -{parameter.Name}: PowerShell writes its type as 'System.Nullable`1[…]' where the value is missing; make it the type itself with [GivenArgument], and ask IfGiven");

    [Fact]
    public void The_page_of_a_parameter_has_the_meaning_of_null()
        => Rule.Holds(
            from entry in module.Pages()
            from parameter in entry.Cmdlet.Parameters.Values
            where IsIn(s_meanings, entry.Cmdlet, parameter) && !RefusesNull(entry.Cmdlet, parameter)
            where entry.Page.Parameters.Any(each => each.Name == parameter.Name && !each.Description.Contains("`$null`", StringComparison.Ordinal))
            select $"docs/en-US/{entry.Cmdlet.Name}.md: -{parameter.Name} does not say what `$null` means");

    [Fact]
    public void Every_meaning_of_null_is_one_of_a_parameter()
        => Rule.Holds(
            from list in new[] { s_meanings, s_sources }
            from key in list.Keys
            where !module.All.Any(cmdlet => cmdlet.Parameters.Values.Any(parameter => key == parameter.Name || key == $"{cmdlet.Name} -{parameter.Name}"))
            select $"{key}: no cmdlet has this parameter");

    private static bool IsIn(Dictionary<string, string> list, CmdletInfo cmdlet, ParameterMetadata parameter)
        => list.ContainsKey(parameter.Name) || list.ContainsKey($"{cmdlet.Name} -{parameter.Name}");

    private static bool RefusesNull(CmdletInfo cmdlet, ParameterMetadata parameter)
        => (parameter.ParameterType.IsValueType && !LanguagePrimitives.TryConvertTo(null, parameter.ParameterType, out _))
            || parameter.ParameterType == typeof(SwitchParameter)
            || (parameter.ParameterSets.Values.All(set => set.IsMandatory) && !parameter.Attributes.Any(attribute => attribute is AllowNullAttribute))
            || parameter.Attributes.Any(attribute => attribute is NullValidationAttributeBase or ValidateEnumeratedArgumentsAttribute)
            || parameter.Attributes.OfType<ArgumentTransformationAttribute>().Any(RefusesNull)
            || SetterRefusesNull(cmdlet, parameter);

    private static bool RefusesNull(ArgumentTransformationAttribute conversion)
    {
        try
        {
            conversion.Transform(null!, null!);
            return false;
        }
        catch (ArgumentTransformationMetadataException)
        {
            return true;
        }
    }

    private static bool SetterRefusesNull(CmdletInfo cmdlet, ParameterMetadata parameter)
    {
        // A dynamic parameter has no property.
        if (cmdlet.ImplementingType.GetProperty(parameter.Name) is not { } property)
        {
            return false;
        }

        using var made = Activator.CreateInstance(cmdlet.ImplementingType) as IDisposable;
        try
        {
            property.SetValue(made, null);
            return false;
        }
        catch (TargetInvocationException error) when (error.InnerException is ParameterBindingException)
        {
            return true;
        }
    }
}
