using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Changes;

/// <summary>The streams <c>U/meta/log</c>, which record every creation, change and deletion.</summary>
/// <remarks>An entry goes to the log of the acting user and of the owner. Its origin is the acting device.</remarks>
internal static class ChangeLog
{
    private const string Name = "log";
    private const string Schema = """{"type":"object","properties":{"cmd":{"type":"string"},"arg":{"type":"string"}},"required":["cmd","arg"]}""";

    /// <summary>True for the path of a change log.</summary>
    public static bool Is(CdbPath stream) => stream is { Device: CdbEngine.MetaDevice, Stream: Name };

    /// <param name="command">For example <c>CreateDevice</c>.</param>
    /// <returns>The blocks for subscribers.</returns>
    public static List<AppendedBlock> Write(IStoreWriter store, Actor actor, string command, CdbPath path, double now)
    {
        List<AppendedBlock> landings = [];
        foreach (string user in new[] { actor.Path.User, path.User }.Distinct(StringComparer.Ordinal))
        {
            if (store.FindDevice(CdbPath.ForDevice(user, CdbEngine.MetaDevice)) is { } meta)
            {
                landings.Add(Write(store, LogOf(store, meta), actor, command, path, now));
            }
        }

        return landings;
    }

    private static AppendedBlock Write(IStoreWriter store, StreamRecord log, Actor actor, string command, CdbPath path, double now)
    {
        SequenceKey key = log.KeyOf(downlink: false);
        SequenceEnd end = store.End(key);
        BlockBuilder line = new(1);
        line.Add(Math.Max(now, end.NewestT ?? now), Line(command, path), actor.Path.ToString());
        Block block = line.Build();
        store.Append(key, block);
        return new AppendedBlock(new Target(store.TreeVersion, log, log.Path, actor.Path.ToString()), end.Count, block);
    }

    private static StreamRecord LogOf(IStoreWriter store, DeviceRecord meta)
        => store.FindStream(meta.Path.Child(Name))
            ?? store.Add(new StreamRecord { DeviceId = meta.Id, Path = meta.Path.Child(Name), Fields = new StreamDefinition { Schema = Schema } });

    private static DataValue Line(string command, CdbPath path) => DataValue.From(new DataObject(
    [
        new("cmd", DataValue.From(command)),
        new("arg", DataValue.From(path.ToString())),
    ]));
}
