using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a JSON Schema as a dictionary, an object, JSON text, or the bare name of a JSON type.</summary>
public sealed class SchemaArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The JSON types, whose names stand for schemas that allow nothing else.</summary>
    internal static IReadOnlyList<string> Types { get; } = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(inputData);

    /// <summary>The schema as JSON text.</summary>
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
