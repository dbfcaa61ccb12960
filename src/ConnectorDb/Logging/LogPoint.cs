namespace ConnectorDb.Logging;

/// <summary>Fields measured together, with their tags. Stored as <c>{"tags": {…}, "fields": {…}}</c>.</summary>
public sealed record LogPoint(DataObject Fields, DataObject Tags)
{
    private const string FieldsName = "fields";
    private const string TagsName = "tags";
    private static readonly DataObject s_none = new();

    public DataValue ToValue() => DataValue.From(new DataObject(
        new(TagsName, DataValue.From(Tags)),
        new(FieldsName, DataValue.From(Fields))));

    public static LogPoint Read(DataValue value)
        => value.Kind == DataKind.Object ? new(Member(value.AsObject(), FieldsName), Member(value.AsObject(), TagsName)) : new(s_none, s_none);

    internal static DataObject Member(DataObject owner, string name)
        => owner.TryGetValue(name, out DataValue member) && member.Kind == DataKind.Object ? member.AsObject() : s_none;
}
