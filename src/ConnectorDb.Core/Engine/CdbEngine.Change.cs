using ConnectorDb.Core.Engine.Changes;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Runs a change of users, devices or streams in a transaction, and logs it.</summary>
    /// <param name="deed"><c>Create</c>, <c>Update</c> or <c>Delete</c>.</param>
    private T Change<T>(Login login, string deed, CdbPath path, Func<IStoreWriter, Actor, T> work, CancellationToken cancellation) => Change(login, deed, [path], work, cancellation);

    /// <inheritdoc cref="Change{T}(Login, string, CdbPath, Func{IStoreWriter, Actor, T}, CancellationToken)"/>
    private T Change<T>(Login login, string deed, IReadOnlyList<CdbPath> paths, Func<IStoreWriter, Actor, T> work, CancellationToken cancellation)
    {
        List<AppendedBlock> log = [];
        T result = _store.Write(
            store =>
            {
                Actor actor = ActorOf(store, login);
                T done = work(store, actor);
                double now = UnixTime.FromDateTimeOffset(_time.GetUtcNow());
                log = _settings.LogsChanges ? [.. paths.SelectMany(path => ChangeLog.Write(store, actor, $"{deed}{path.Kind}", path, now))] : [];
                return done;
            },
            cancellation);
        log.ForEach(_notifier.Publish);
        return result;
    }
}
