using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to a JSON Schema: a dictionary, an object, JSON text, or the name of a JSON type.</summary>
public sealed class SchemaArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The names of the JSON types; each stands for a schema that allows only this type.</summary>
    internal static IReadOnlyList<string> Types { get; } = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(inputData);

    /// <summary>Converts a schema to JSON text.</summary>
    public static string Read(object? given)
    {
        object? value = given is PSObject wrapped && wrapped.BaseObject is string ? wrapped.BaseObject : given;
        if (value is not string text)
        {
            return PowerShellValue.Read(value).ToJson();
        }

        return Types.Contains(text) ? $$"""{"type":"{{text}}"}""" : text;
    }
}
