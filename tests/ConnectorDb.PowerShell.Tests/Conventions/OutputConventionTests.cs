using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Conventions for the objects that cmdlets output, and for the settings of sinks. Each failure names the property.</summary>
public sealed class OutputConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private const string OfModule = "ConnectorDb";

    [Fact]
    public void Paths_are_texts_in_tables_and_files()
        => Rule.Holds(
            from property in Properties()
            where Element(property.PropertyType).Name == "CdbPath"
            select $"{property.DeclaringType!.Name}.{property.Name}: ConvertTo-Json writes a path as an object; make it a string, with a method for the path");

    [Fact]
    public void Lists_are_arrays()
        => Rule.Holds(
            from property in Properties()
            let type = property.PropertyType
            where type.IsInterface && type.IsAssignableTo(typeof(IEnumerable)) && !type.Name.Contains("Dictionary", StringComparison.Ordinal)
            select $"{property.DeclaringType!.Name}.{property.Name}: Get-Member shows the type that the compiler made; declare an array");

    [Fact]
    public void Properties_that_can_be_set_are_parameters_of_the_cmdlet_that_writes_them()
        => Rule.Holds(
            from cmdlet in module.All
            where cmdlet.Verb == "Set"
            from output in cmdlet.OutputType
            where output.Type.Namespace == OfModule
            from property in output.Type.GetProperties()
            where property.SetMethod?.IsPublic == true && !cmdlet.Parameters.Values.Any(parameter => parameter.Aliases.Prepend(parameter.Name).Contains(property.Name))
            select $"{output.Type.Name}.{property.Name} can be set, but {cmdlet.Name} does not write it");

    [Fact]
    public void Yes_or_no_is_a_switch()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(bool)
            select $"{cmdlet.Name} -{parameter.Name}: make it a switch; -{parameter.Name}:$false is no");

    private HashSet<PropertyInfo> Properties()
    {
        HashSet<PropertyInfo> found = [];
        Type[] outputs = [.. module.All.SelectMany(cmdlet => cmdlet.OutputType).Select(output => output.Type)];
        Type[] sinks = [.. outputs.Select(type => type.Assembly).Distinct().SelectMany(assembly => assembly.GetExportedTypes()).Where(type => outputs.Any(output => output.IsAbstract && type.IsSubclassOf(output)))];
        foreach (Type type in outputs.Concat(sinks))
        {
            Collect(type, found);
        }

        return found;
    }

    private static void Collect(Type type, HashSet<PropertyInfo> found)
    {
        if (type.Namespace?.StartsWith(OfModule, StringComparison.Ordinal) == true && !type.IsEnum)
        {
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(found.Add))
            {
                Collect(Element(property.PropertyType), found);
            }
        }
    }

    /// <summary>The type of the elements of a list, the type without null, or the type itself.</summary>
    private static Type Element(Type type)
        => type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GetGenericArguments()[^1] : type;
}
