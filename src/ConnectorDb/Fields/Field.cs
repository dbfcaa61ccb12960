namespace ConnectorDb.Fields;

/// <summary>A field of a user, device or stream that can be set: a text, a flag, or labels.</summary>
/// <typeparam name="T">The definition with the field.</typeparam>
/// <param name="Name">The name in JSON, in the store and in hashtables.</param>
/// <param name="Default">The value of a node that does not set the field, a string, a bool or <see cref="LabelSet"/>.</param>
/// <param name="Get">The value in a definition, or null.</param>
/// <param name="Set">Copies a definition with another value.</param>
internal sealed record Field<T>(string Name, object Default, Func<T, object?> Get, Func<T, object?, T> Set)
{
    public bool IsFlag => Default is bool;
}
