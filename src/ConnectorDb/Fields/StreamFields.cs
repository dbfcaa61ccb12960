namespace ConnectorDb.Fields;

/// <summary>The fields of streams.</summary>
internal static class StreamFields
{
    public static FieldTable<StreamDefinition> All { get; } = new()
    {
        { "nickname", stream => stream.Nickname, (stream, value) => stream with { Nickname = value } },
        { "description", stream => stream.Description, (stream, value) => stream with { Description = value } },
        { "icon", stream => stream.Icon, (stream, value) => stream with { Icon = value } },
        { "schema", stream => stream.Schema, (stream, value) => stream with { Schema = value }, "{}" },
        { "datatype", stream => stream.Datatype, (stream, value) => stream with { Datatype = value } },
        { "ephemeral", stream => stream.Ephemeral, (stream, value) => stream with { Ephemeral = value } },
        { "downlink", stream => stream.Downlink, (stream, value) => stream with { Downlink = value } },
        { "labels", stream => stream.Labels, (stream, value) => stream with { Labels = value }, LabelSet.None },
    };
}
