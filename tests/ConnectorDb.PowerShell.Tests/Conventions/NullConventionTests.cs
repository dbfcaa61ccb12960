using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>A parameter refuses null, such as the value of a variable with a wrong name, or gives it a meaning.</summary>
public sealed class NullConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private static readonly string[] s_common = [.. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters];

    /// <summary>The parameters that take null, and its meaning.</summary>
    private static readonly Dictionary<string, string> s_meanings = new()
    {
        ["Credential"] = "PowerShell asks for it",
        ["Data"] = "the value null",
        ["Datatype"] = "clears it",
        ["Description"] = "clears it",
        ["Email"] = "clears it",
        ["Icon"] = "clears it",
        ["InputObject"] = "the value null, or nothing in the pipeline",
        ["New-CdbUser -Password"] = "the host asks for it",
        ["New-CdbUser -User"] = "the name in the credential",
        ["Label"] = "clears them",
        ["Nickname"] = "clears it",
        ["ProxyCredential"] = "PowerShell asks for it",
        ["Role"] = "clears it",
        ["Schema"] = "any value",
        ["Value"] = "the value null",
    };

    [Fact]
    public void A_parameter_refuses_null_or_gives_it_a_meaning()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where !s_common.Contains(parameter.Name) && !HasMeaning(cmdlet, parameter) && !RefusesNull(cmdlet, parameter)
            select $"{cmdlet.Name} -{parameter.Name}: it ignores null; it needs [ValidateNotNull], NonEmptyCell for the column of a table, or a line with the meaning of null in s_meanings");

    [Fact]
    public void Every_meaning_of_null_is_one_of_a_parameter()
        => Rule.Holds(s_meanings.Keys.Where(key => !module.All.Any(cmdlet => cmdlet.Parameters.Values.Any(parameter => HasMeaning(cmdlet, parameter) && (key == parameter.Name || key == $"{cmdlet.Name} -{parameter.Name}"))))
            .Select(key => $"{key}: no cmdlet has this parameter"));

    private static bool HasMeaning(CmdletInfo cmdlet, ParameterMetadata parameter)
        => s_meanings.ContainsKey(parameter.Name) || s_meanings.ContainsKey($"{cmdlet.Name} -{parameter.Name}");

    private static bool RefusesNull(CmdletInfo cmdlet, ParameterMetadata parameter)
        => (parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null)
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
        catch (TargetInvocationException error) when (error.InnerException?.GetType().Name == "InvalidValueException")
        {
            return true;
        }
    }
}
