using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Arrivals;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>So long an append with an identity is known again.</summary>
    private static readonly TimeSpan s_receiptLife = TimeSpan.FromDays(1);

    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public ValueTask<AppendResult> AppendAsync(Login login, CdbPath path, Block points, bool restamp, CancellationToken cancellation)
        => AppendAsync(login, path, points, restamp, null, cancellation);

    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    /// <param name="id">
    /// An identity that the writer gives the append, so that it can be asked for again when the answer was lost: it happens
    /// once within a day, and the answer is that of the first time. Null for none. Of ephemeral streams nothing is kept, this neither.
    /// </param>
    public async ValueTask<AppendResult> AppendAsync(Login login, CdbPath path, Block points, bool restamp, string? id, CancellationToken cancellation)
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
            return Land(login, path, Pass(target, arrival));
        }

        (Landing? landing, AppendResult earlier) = await _store
            .WriteAsync(store => Append(store, login, path, target, arrival, id), cancellation)
            .ConfigureAwait(false);
        return landing is null ? earlier : Land(login, path, landing);
    }

    private AppendResult Land(Login login, CdbPath path, Landing landing)
    {
        _targets.Keep(login, path, landing.Target);
        _notifier.Publish(landing);
        return new AppendResult(landing.Points.Count, landing.Target.Path);
    }

    /// <summary>Appends, unless it was done before; then the answer is the earlier one.</summary>
    private (Landing? Landing, AppendResult Earlier) Append(IStoreWriter store, Login login, CdbPath path, Target target, Arrival arrival, string? id)
    {
        if (id is null)
        {
            return (Append(store, login, path, target, arrival), default);
        }

        if (store.FindReceipt(login.DeviceId, id) is { } receipt)
        {
            return (null, new AppendResult(receipt.Count, receipt.Target));
        }

        Landing landing = Append(store, login, path, target, arrival);
        double now = UnixTime.FromDateTimeOffset(_time.GetUtcNow());
        store.Keep(new Receipt(login.DeviceId, id, now, landing.Points.Count, landing.Target.Path), now - s_receiptLife.TotalSeconds);
        return (landing, default);
    }

    /// <summary>Appends to the target, or to what has become of it.</summary>
    private Landing Append(IStoreWriter store, Login login, CdbPath path, Target target, Arrival arrival)
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
            return Pass(target, arrival);
        }

        Landing? landing = null;
        store.Append(
            target.Stream.KeyOf(target.Path.IsDownlink),
            end => (landing = new Landing(target, end.Count, Origins.Of(target, arrival.Fit(end.NewestT)))).Points);
        return landing!;
    }

    /// <summary>What nobody keeps is only passed on.</summary>
    private static Landing Pass(Target target, Arrival arrival) => new(target, null, Origins.Of(target, arrival.Fit(null)));

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
