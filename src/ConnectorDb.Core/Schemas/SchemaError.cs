namespace ConnectorDb.Core.Schemas;

/// <summary>A value, or a part of one, that does not obey.</summary>
/// <param name="Part">The part that is meant.</param>
/// <param name="Reason">What goes on after the part: "is not a number".</param>
/// <param name="Pointer">Where the part lies in the value (RFC 6901); empty for the value itself.</param>
internal sealed record SchemaError(DataValue Part, string Reason, string Pointer = "")
{
    /// <summary>The same error, seen from the value that has the part's owner under this name or index.</summary>
    public SchemaError Under(string step) => this with { Pointer = $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}{Pointer}" };
}
