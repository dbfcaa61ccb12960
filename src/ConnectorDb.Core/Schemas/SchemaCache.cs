using System.Collections.Concurrent;
using System.Text.Json;

namespace ConnectorDb.Core.Schemas;

/// <summary>Caches compiled schemas.</summary>
/// <param name="maxLength">Maximum number of characters of a new schema. Stored ones stay valid.</param>
internal sealed class SchemaCache(int maxLength = int.MaxValue)
{
    /// <summary>The cache is cleared at this number of schemas, so that many different ones cannot fill the memory.</summary>
    private const int MostKept = 1000;

    /// <summary>And at this size of their regular expressions: 512 MB at worst, as <see cref="Budgets.ExpressionSize"/> estimates it.</summary>
    private const int MostStates = 8000;

    /// <summary>The size that the regular expressions of a new schema may have, or one for each so many characters of a larger maximum length.</summary>
    private const int MostStatesOfSchema = 4000;

    private const int CharactersPerState = 25;

    private readonly ConcurrentDictionary<string, CompiledSchema> _compiled = new(StringComparer.Ordinal);
    private int _states;

    /// <summary>The schema of this text.</summary>
    public CompiledSchema Of(string schema) => Of(schema, int.MaxValue);

    private CompiledSchema Of(string schema, int maxStates)
    {
        if (_compiled.TryGetValue(schema, out CompiledSchema? compiled))
        {
            return compiled;
        }

        compiled = SchemaCompiler.Compile(DataValue.Parse(schema), maxStates);
        if (_compiled.Count >= MostKept || Interlocked.Add(ref _states, compiled.States) > MostStates)
        {
            _compiled.Clear();
            Volatile.Write(ref _states, compiled.States);
        }

        return _compiled[schema] = compiled;
    }

    /// <summary>The schema of a stream as it is stored.</summary>
    /// <exception cref="StoreException">The stored text is damaged.</exception>
    public CompiledSchema OfStored(string schema, object stream)
    {
        try
        {
            return Of(schema);
        }
        catch (Exception error) when (error is JsonException or InvalidSchemaException)
        {
            throw new StoreException(StoreFault.Damaged, $"The stored schema of '{stream}' is damaged, so that no value can be checked. Nothing was written. Give the stream its schema again, for example with Set-CdbStream {stream} -Schema number.", stream, error);
        }
    }

    /// <summary>The schema without blanks.</summary>
    /// <param name="stream">The stream, for the error message.</param>
    /// <exception cref="InvalidSchemaException">The text is not a JSON Schema.</exception>
    public string Minify(string schema, object stream)
    {
        if (schema.Length > maxLength)
        {
            throw new InvalidSchemaException($"The schema for '{stream}' has {schema.Length} characters; at most {maxLength} are allowed.", stream);
        }

        try
        {
            string text = string.IsNullOrWhiteSpace(schema) ? "{}" : DataValue.Parse(schema).ToJson();
            Of(text, Math.Max(MostStatesOfSchema, maxLength / CharactersPerState));
            return text;
        }
        catch (JsonException error)
        {
            throw new InvalidSchemaException($"The schema for '{stream}' {JsonFault.Of(error)} A schema is for example {{\"type\": \"number\"}}, or with a cmdlet the name of a type, such as number.", stream, error);
        }
        catch (InvalidSchemaException error)
        {
            throw new InvalidSchemaException($"The schema for '{stream}' cannot be used. {error.Message}", stream, error);
        }
    }
}
