using System.Collections.Concurrent;
using System.Text.Json;

namespace ConnectorDb.Core.Schemas;

/// <summary>Caches compiled schemas.</summary>
internal sealed class SchemaCache
{
    /// <summary>The cache is cleared at this number of schemas, so that many different ones cannot fill the memory.</summary>
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<string, CompiledSchema> _compiled = new(StringComparer.Ordinal);

    /// <summary>The schema of this text.</summary>
    public CompiledSchema Of(string schema)
    {
        if (_compiled.TryGetValue(schema, out CompiledSchema? compiled))
        {
            return compiled;
        }

        if (_compiled.Count >= MostKept)
        {
            _compiled.Clear();
        }

        return _compiled[schema] = SchemaCompiler.Compile(DataValue.Parse(schema));
    }

    /// <summary>The schema without blanks.</summary>
    /// <param name="stream">The stream, for the error message.</param>
    /// <exception cref="InvalidSchemaException">The text is not a JSON Schema.</exception>
    public string Minify(string schema, object stream)
    {
        try
        {
            string text = string.IsNullOrWhiteSpace(schema) ? "{}" : DataValue.Parse(schema).ToJson();
            Of(text);
            return text;
        }
        catch (JsonException error)
        {
            throw new InvalidSchemaException($"The schema for '{stream}' is not JSON. Give one such as {{\"type\": \"number\"}}, or with a cmdlet the name of a type, such as number. {JsonFault.Describe(error)}", stream, error);
        }
        catch (InvalidSchemaException error)
        {
            throw new InvalidSchemaException($"The schema for '{stream}' cannot be used. {error.Message}", stream, error);
        }
    }
}
