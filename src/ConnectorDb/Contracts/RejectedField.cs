namespace ConnectorDb.Contracts;

/// <summary>A field that was left out of a point, or a whole point that was not written.</summary>
/// <param name="Index">The index of the point, from 0.</param>
/// <param name="Field">The name of the field; null for the whole point.</param>
public readonly record struct RejectedField(int Index, string? Field, CdbException Error);
