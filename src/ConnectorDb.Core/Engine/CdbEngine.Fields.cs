using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>The streams of fields, of the device of the login. Missing ones are created with their labels, all in one transaction.</summary>
    /// <param name="login">The caller.</param>
    /// <param name="fields">The fields, and the kinds of new streams.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="PermissionDeniedException">The device may not create streams.</exception>
    public IReadOnlyList<FieldStream> OpenFields(Login login, IReadOnlyList<(FieldKey Key, FieldKind Kind)> fields, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(fields);
        FieldStream?[] found = _store.Read(store => FindFields(store, ActorOf(store, login).Path, fields), cancellation);
        int missing = Array.IndexOf(found, null);
        return missing < 0
            ? [.. found.Select(stream => stream!)]
            : Change(login, "Create", login.Device.Child(fields[missing].Key.Names.Last()), (store, actor) => CreateFields(store, actor, fields), cancellation);
    }

    private static FieldStream?[] FindFields(IStoreReader store, CdbPath device, IReadOnlyList<(FieldKey Key, FieldKind Kind)> fields)
        => [.. fields.Select(field => Find(store, device, field.Key))];

    private static FieldStream? Find(IStoreReader store, CdbPath device, FieldKey key)
    {
        string[] names = [.. key.Names];
        foreach (string name in names)
        {
            // The plain name may be that of another stream. The last one is only of this field, whatever became of the labels.
            if (store.FindStream(device.Child(name)) is { } stream && (name == names[^1] || IsOf(stream, key)))
            {
                return new FieldStream(stream.Path, stream.Id, KindOf(stream), null);
            }
        }

        return null;
    }

    private static bool IsOf(StreamRecord stream, FieldKey key)
        => key.OfField.All(label => stream.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);

    /// <summary>The kind of the field that the stream is; null for other streams.</summary>
    internal static FieldKind? KindOf(StreamRecord stream) => stream.Schema switch
    {
        """{"type":"number"}""" => FieldKind.Number,
        """{"type":"string"}""" => FieldKind.Text,
        """{"type":"boolean"}""" => FieldKind.Boolean,
        _ => null,
    };

    private static string SchemaOf(FieldKind kind) => kind switch
    {
        FieldKind.Text => """{"type":"string"}""",
        FieldKind.Boolean => """{"type":"boolean"}""",
        _ => """{"type":"number"}""",
    };

    private FieldStream[] CreateFields(IStoreWriter store, Actor actor, IReadOnlyList<(FieldKey Key, FieldKind Kind)> fields)
    {
        (DeviceRecord device, Rights rights) = new TreeView(store, actor).Device(actor.Path);
        Authorization.CheckKind(rights.Create, NodeKinds.Stream, "create streams of", actor.Path, actor);
        Authorization.CheckEditable(device, actor.Path, actor);
        FieldStream?[] found = FindFields(store, actor.Path, fields);
        Dictionary<(string Measurement, string Field), FieldKind?> kinds = [];
        Dictionary<CdbPath, NewStream> created = [];
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is not null)
            {
                continue;
            }

            (FieldKey key, FieldKind wanted) = fields[i];
            (string, string) name = (key.Series.Measurement, key.Field);
            if (!kinds.TryGetValue(name, out FieldKind? kind))
            {
                kinds[name] = kind = KindIn(store, device, key);
            }

            // Other tags decided the kind before: the point is refused, and needs no stream.
            found[i] = kind is not null && kind != wanted ? new FieldStream(null, 0, kind, null) : Plan(store, actor.Path, key, wanted, created);
            kinds[name] = kind ?? found[i]!.Kind;
        }

        if (!_streamLimit.Admits(device.Id, created.Count, () => store.CountStreams(device)))
        {
            string fault = $"max-series-per-database limit exceeded: ({_settings.MaxStreams})";
            return Array.ConvertAll(found!, stream => stream!.Path is { } path && created.ContainsKey(path) ? new FieldStream(null, 0, null, fault) : stream);
        }

        Dictionary<CdbPath, long> ids = created.ToDictionary(plan => plan.Key, plan => store.Add(plan.Value.Stream with { DeviceId = device.Id }).Id);
        return Array.ConvertAll(found!, stream => stream!.Path is { } path && ids.TryGetValue(path, out long id) ? stream with { Id = id } : stream);
    }

    private FieldStream Plan(IStoreReader store, CdbPath device, FieldKey key, FieldKind kind, Dictionary<CdbPath, NewStream> created)
    {
        CdbPath path = key.Names.Select(device.Child).First(path => !created.ContainsKey(path) && store.FindStream(path) is null);
        try
        {
            created.Add(path, NewStream.Check(path, new StreamDefinition { Schema = SchemaOf(kind), Labels = key.Labels }, _schemas));
            return new FieldStream(path, 0, kind, null);
        }
        catch (InvalidValueException error)
        {
            return new FieldStream(null, 0, null, error.Message);
        }
    }

    /// <summary>The kind that the field of the measurement has in other streams of the device; null when there is none.</summary>
    private static FieldKind? KindIn(IStoreReader store, DeviceRecord device, FieldKey key)
        => store.FindStreams("", [.. key.OfField.Select(label => new LabelPattern(label.Key, label.Value))], null, id => id == device.Id, () => { })
            .Where(stream => IsOf(stream, key))
            .Select(KindOf)
            .FirstOrDefault(kind => kind is not null);
}
