namespace ConnectorDb.Fields;

/// <summary>The fields of a user, device or stream as stored, and the changes to them that are not stored yet.</summary>
/// <typeparam name="T">The definition with the fields.</typeparam>
internal sealed class EditedFields<T>(FieldTable<T> table, T stored)
    where T : class, new()
{
    /// <summary>The stored values, replaced by those that were changed.</summary>
    public T Current { get; private set; } = stored;

    public T Changes { get; private set; } = new();

    public void Change(T change) => (Current, Changes) = (table.Merge(Current, change), table.Merge(Changes, change));

    /// <summary>Takes over the values that the database returned for a write of the changes.</summary>
    public void Accept(EditedFields<T> written) => (Current, Changes) = (written.Current, new());
}
