using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Arrivals;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public AppendResult Append(Login login, CdbPath path, Block points, bool restamp, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(points);
        FieldRules.CheckKind(path.ToStream(), CdbPathKind.Stream);
        Target target = _targets.Find(login, path) ?? _store.Read(store => TargetOf(store, login, path), cancellation);
        if (target.Stream.Ephemeral || points.Count == 0)
        {
            target = _store.Read(store => TargetOf(store, login, path), cancellation);
        }

        Check(target.Stream, points);
        Arrival arrival = new(target.Path, points, restamp, _time);
        if (target.Stream.Ephemeral || points.Count == 0)
        {
            arrival.Fit(null);
            return new AppendResult(points.Count, target.Path);
        }

        target = _targets.Keep(login, path, _store.Write(store => Append(store, login, path, target, arrival), cancellation));
        return new AppendResult(points.Count, target.Path);
    }

    /// <summary>Appends to the target, or to what has become of it; the answer is which.</summary>
    private Target Append(IStoreWriter store, Login login, CdbPath path, Target target, Arrival arrival)
    {
        if (store.TreeVersion != target.TreeVersion)
        {
            Target changed = TargetOf(store, login, path);
            if (changed.Stream.Schema != target.Stream.Schema)
            {
                Check(changed.Stream, arrival.Points);
            }

            target = changed;
        }

        if (target.Stream.Ephemeral)
        {
            arrival.Fit(null);
            return target;
        }

        SequenceKey key = target.Stream.KeyOf(target.Path.IsDownlink);
        Block fitting = arrival.Fit(store.End(key).NewestT);
        store.Append(key, target.Origin is { } origin ? Origins.Stamp(fitting, origin) : Origins.Without(fitting));
        return target;
    }

    private void Check(StreamRecord stream, Block points)
    {
        ValueLimits.Check(stream.Path, points);
        _schemas.Of(stream.Schema).Check(stream.Path, points);
    }

    /// <summary>Where a write to the path goes: the stream for its own device, the downlink for others.</summary>
    private static Target TargetOf(IStoreReader store, Login login, CdbPath path)
    {
        Actor actor = ActorOf(store, login);
        (StreamRecord stream, Rights rights) = new TreeView(store, actor).Stream(path.ToStream());
        bool isOwner = stream.DeviceId == actor.Device.Id;
        bool isStream = isOwner && !path.IsDownlink && rights.Write.Data;
        bool isDownlink = !isOwner && stream.Downlink && rights.Write.Downlink;
        return isStream || isDownlink
            ? new Target(
                store.TreeVersion,
                stream,
                isDownlink ? stream.Path.ToDownlink() : stream.Path,
                isDownlink ? actor.Path.ToString() : null)
            : throw new PermissionDeniedException(Refusal(actor, stream, isOwner, rights), path);
    }

    private static string Refusal(Actor actor, StreamRecord stream, bool isOwner, Rights rights)
    {
        CdbPath owner = stream.Path.Parent!;
        if (isOwner)
        {
            return $"'{owner}' does not write the downlink of its own stream '{stream.Path}'; others ask there. Write the stream itself.";
        }

        return !rights.Write.Downlink
            ? $"Only '{owner}' writes the stream '{stream.Path}', and '{actor.Path}' may not ask it to. Connect with -As {owner}, or give '{actor.Path}' the role 'writer'."
            : $"Only '{owner}' writes the stream '{stream.Path}'. Connect with -As {owner}, or make the stream a downlink, so that '{actor.Path}' may ask: Set-CdbStream {stream.Path} -Downlink $true.";
    }
}
