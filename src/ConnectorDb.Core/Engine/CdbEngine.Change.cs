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
    private T Change<T>(Login login, string deed, CdbPath path, Func<IStoreWriter, Actor, T> work, CancellationToken cancellation)
    {
        List<AppendedBlock> log = [];
        T result = _store.Write(
            store =>
            {
                Actor actor = ActorOf(store, login);
                T done = work(store, actor);
                log = _settings.LogsChanges ? ChangeLog.Write(store, actor, $"{deed}{path.Kind}", path, UnixTime.FromDateTimeOffset(_time.GetUtcNow())) : [];
                return done;
            },
            cancellation);
        log.ForEach(_notifier.Publish);
        return result;
    }
}
