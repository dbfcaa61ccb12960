namespace ConnectorDb.Fields;

/// <summary>A user, device or stream with properties that can be set and written later.</summary>
/// <typeparam name="T">The definition with the fields.</typeparam>
internal interface IEdited<T>
    where T : class, new()
{
    EditedFields<T> Edited { get; }
}
