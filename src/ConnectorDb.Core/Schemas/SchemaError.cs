namespace ConnectorDb.Core.Schemas;

/// <summary>A value, or a part of one, that violates the schema.</summary>
/// <param name="Part">The part that is meant.</param>
/// <param name="Reason">The reason, as it continues after the part: "is not a number".</param>
/// <param name="Pointer">The position of the part in the value (RFC 6901); empty for the value itself.</param>
internal sealed record SchemaError(DataValue Part, string Reason, string Pointer = "")
{
    /// <summary>The same error, seen from the value that has the part's owner under this name or index.</summary>
    public SchemaError Under(string step) => this with { Pointer = $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}{Pointer}" };
}
