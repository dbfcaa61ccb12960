namespace ConnectorDb.Core.Influx;

/// <summary>A field of a line.</summary>
/// <param name="Number">The value of a float.</param>
/// <param name="Integer">The value of an integer; 1 for true.</param>
/// <param name="Text">The value of a string.</param>
public readonly record struct LineField(string Name, FieldType Type, double Number, long Integer, string? Text);
