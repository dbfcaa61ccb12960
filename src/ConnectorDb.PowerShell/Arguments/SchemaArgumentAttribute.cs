using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a JSON Schema as a dictionary, an object, JSON text, or the bare name of a JSON type.</summary>
public sealed class SchemaArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(inputData);

    /// <summary>The schema as JSON text.</summary>
    public static string Read(object? given)
    {
        object? value = given is PSObject wrapped && wrapped.BaseObject is string ? wrapped.BaseObject : given;
        if (value is not string text)
        {
            return PowerShellValue.Read(value).ToJson();
        }

        return s_types.Contains(text) ? $$"""{"type":"{{text}}"}""" : text;
    }
}
