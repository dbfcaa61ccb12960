using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to a JSON Schema: a dictionary, an object, JSON text, or the name of a JSON type.</summary>
public sealed class SchemaArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The names of the JSON types; each stands for a schema that allows only this type.</summary>
    internal static IReadOnlyList<string> Types { get; } = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Convert(inputData);

    /// <summary>Converts a schema to JSON text; null is empty text.</summary>
    /// <exception cref="InvalidSchemaException">It is a text that is neither the name of a type nor a JSON object.</exception>
    public static string Read(object? given)
    {
        string text = Convert(given);
        return text.AsSpan().TrimStart() is "" or ['{', ..] ? text
            : throw new InvalidSchemaException($"'{text}' is neither a type nor a JSON Schema. The types are {string.Join(", ", Types)}; a schema is a hashtable or JSON, such as '{{\"type\": \"number\", \"minimum\": 0}}'.", given);
    }

    private static string Convert(object? given)
    {
        object? value = given is PSObject wrapped && wrapped.BaseObject is string ? wrapped.BaseObject : given ?? "";
        if (value is not string text)
        {
            return PowerShellValue.Read(value).ToJson();
        }

        return Types.FirstOrDefault(type => type.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } type ? $$"""{"type":"{{type}}"}""" : text;
    }
}
