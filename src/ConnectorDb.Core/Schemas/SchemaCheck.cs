namespace ConnectorDb.Core.Schemas;

/// <summary>Checks single values, outside of a stream.</summary>
public static class SchemaCheck
{
    private static readonly SchemaCache s_cache = new();

    /// <summary>Why a value does not satisfy a schema; null if it does.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">A valid JSON Schema.</param>
    public static string? FaultOf(DataValue value, string schema) => s_cache.Of(schema).FindError(value) is { } error ? CompiledSchema.ReasonOf(error) : null;
}
