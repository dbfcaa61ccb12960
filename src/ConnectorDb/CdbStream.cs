using ConnectorDb.Contracts;
using ConnectorDb.Fields;

namespace ConnectorDb;

/// <summary>An append-only, time-ordered list of datapoints, owned by a device. Set-CdbStream writes the properties that were set.</summary>
public sealed class CdbStream : IEdited<StreamDefinition>
{
    private readonly ICdbClient _client;
    private readonly CdbPath _path;

    internal CdbStream(ICdbClient client, CdbPath path, StreamDefinition fields)
    {
        _client = client;
        _path = path;
        Edited = new EditedFields<StreamDefinition>(StreamFields.All, fields);
    }

    public string Path => _path.ToString();

    public string Name => _path.Stream!;

    /// <summary>The path of the device that owns the stream.</summary>
    public string Device => _path.Parent!.ToString();

    public string User => _path.User;

    public string Nickname
    {
        get => Fields.Nickname ?? "";
        set => Edited.Change(new StreamDefinition { Nickname = value ?? "" });
    }

    public string Description
    {
        get => Fields.Description ?? "";
        set => Edited.Change(new StreamDefinition { Description = value ?? "" });
    }

    public string Icon
    {
        get => Fields.Icon ?? "";
        set => Edited.Change(new StreamDefinition { Icon = value ?? "" });
    }

    /// <summary>The JSON Schema of the values, as JSON text; <c>{}</c> allows any value.</summary>
    public string Schema
    {
        get => Fields.Schema ?? AnyValue;
        set => Edited.Change(new StreamDefinition { Schema = string.IsNullOrEmpty(value) ? AnyValue : value });
    }

    /// <summary>The meaning of the values, as free text for user interfaces.</summary>
    public string Datatype
    {
        get => Fields.Datatype ?? "";
        set => Edited.Change(new StreamDefinition { Datatype = value ?? "" });
    }

    /// <summary>Datapoints are validated and sent to subscribers, but not stored.</summary>
    public bool Ephemeral
    {
        get => Fields.Ephemeral is true;
        set => Edited.Change(new StreamDefinition { Ephemeral = value });
    }

    /// <summary>Other devices can write to the downlink of the stream.</summary>
    public bool Downlink
    {
        get => Fields.Downlink is true;
        set => Edited.Change(new StreamDefinition { Downlink = value });
    }

    /// <summary>Texts by key to find the stream by, such as the room. The set is replaced as a whole.</summary>
    public LabelSet Labels
    {
        get => (Fields.Labels ?? LabelSet.None).Of(Path);
        set => Edited.Change(new StreamDefinition { Labels = value ?? LabelSet.None });
    }

    /// <summary>The current number of datapoints; each access asks the database.</summary>
    public long Datapoints => Wait(_client.CountAsync(_path, CancellationToken.None));

    /// <summary>The newest datapoint, null when there is none; each access asks the database.</summary>
    public Datapoint? LastDatapoint => Wait(_client.LastAsync(_path, CancellationToken.None));

    internal const string AnyValue = "{}";

    internal ICdbClient Client => _client;

    internal EditedFields<StreamDefinition> Edited { get; }

    EditedFields<StreamDefinition> IEdited<StreamDefinition>.Edited => Edited;

    internal StreamDefinition Fields => Edited.Current;

    /// <summary>The path with its parts. A method, so that the property is a text.</summary>
    public CdbPath GetPath() => _path;

    public override string ToString() => Path;

    private static T Wait<T>(ValueTask<T> answer)
        => answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
}
