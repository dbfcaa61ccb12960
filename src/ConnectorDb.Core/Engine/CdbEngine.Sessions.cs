using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Of a device with more sessions, the longest unused one ends.</summary>
    private const int MaxSessions = 100;

    private const int MaxAgent = 200;

    /// <summary>The times of requests are stored to the minute, so that most requests write nothing.</summary>
    private static readonly TimeSpan s_useStep = TimeSpan.FromMinutes(1);

    /// <summary>Sessions that have ended are removed so often. Until then they are only in the way.</summary>
    private static readonly TimeSpan s_cleaning = TimeSpan.FromHours(1);

    private double _cleaned = double.NegativeInfinity;

    private double Now => UnixTime.FromDateTimeOffset(_time.GetUtcNow());

    private double UnusedSince => Now - _settings.SessionIdle.TotalSeconds;

    /// <summary>Creates a session, valid until it expires, is not used for long, or is removed, and as long as the key of the device and the password of its user are the same.</summary>
    /// <param name="address">The IP address of the browser.</param>
    /// <param name="agent">The name of the browser.</param>
    /// <returns>The token that the browser keeps.</returns>
    public ValueTask<string> IssueSessionAsync(Login login, TimeSpan lifetime, string address, string agent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(agent);
        string token = SessionToken.Make();
        double now = Now;
        SessionRecord session = new()
        {
            DeviceId = login.DeviceId,
            Created = now,
            Used = now,
            Expires = now + lifetime.TotalSeconds,
            Address = address,
            Agent = agent.Length > MaxAgent ? agent[..MaxAgent] : agent,
        };
        return _store.WriteAsync(
            store =>
            {
                DeviceRecord device = ActorOf(store, login).Device;
                RemoveEndedSessions(store, now);
                foreach (SessionRecord old in store.ListSessions(device).Skip(MaxSessions - 1))
                {
                    store.Remove(old);
                }

                store.Add(session, SessionToken.Hash(token));
                return token;
            },
            cancellation);
    }

    /// <exception cref="AuthenticationException">There is no such session, or it has ended.</exception>
    public async ValueTask<Login> LoginWithSessionAsync(string token, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(token);
        byte[] hash = SessionToken.Hash(token);
        (SessionRecord? session, DeviceRecord? device) = _store.Read(
            store => store.FindSession(hash) is { } found ? (found, store.FindDevice(found.DeviceId)) : (null, null),
            cancellation);
        if (session is null || device is null || !IsCurrent(session))
        {
            throw new AuthenticationException(SessionCredential.HasEnded, null);
        }

        await UseAsync(session, cancellation).ConfigureAwait(false);
        return new Login(device.Path, device.Id) { Credential = new SessionCredential(session.Id) };
    }

    /// <summary>Marks the session of a login as used.</summary>
    /// <returns>False when the session has ended; true for a login without session.</returns>
    public async ValueTask<bool> UseSessionAsync(Login login, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (login.Credential is not SessionCredential credential)
        {
            return true;
        }

        SessionRecord? session = _store.Read(store => store.FindSession(credential.Id), cancellation);
        if (session is null || !IsCurrent(session))
        {
            return false;
        }

        await UseAsync(session, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the session of a token; without effect when there is none.</summary>
    public async ValueTask EndSessionAsync(string token, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(token);
        byte[] hash = SessionToken.Hash(token);
        if (_store.Read(store => store.FindSession(hash), cancellation) is not null)
        {
            await _store.WriteAsync(
                store =>
                {
                    if (store.FindSession(hash) is { } session)
                    {
                        store.Remove(session);
                    }

                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="ICdbClient.ListSessionsAsync"/>
    public IReadOnlyList<CdbSession> ListSessions(Login login, CdbPath? user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (user is not null)
        {
            FieldRules.CheckKind(user, CdbPathKind.User);
        }

        return _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                UserRecord? owner = user is null && actor.ToAll.List.HasFlag(NodeKinds.User) ? null : Owner(store, actor, user ?? actor.User.Path);
                return store.ListSessions(owner)
                    .Where(IsCurrent)
                    .Select(session => Visible(session, store.FindDevice(session.DeviceId)!, login))
                    .OrderBy(session => session.Device.ToString(), StringComparer.Ordinal)
                    .ToArray();
            },
            cancellation);
    }

    /// <inheritdoc cref="ICdbClient.RemoveSessionAsync"/>
    public void RemoveSession(Login login, long id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        _store.Write(
            store =>
            {
                Actor actor = ActorOf(store, login);
                SessionRecord? session = store.FindSession(id);
                DeviceRecord? device = session is null ? null : store.FindDevice(session.DeviceId);
                bool isOwn = login.Credential == new SessionCredential(id);
                if (device is null || !(isOwn || MayEnd(actor, store.FindUser(CdbPath.ForUser(device.Path.User))!)))
                {
                    throw CdbSession.NotFound(id);
                }

                store.Remove(session!);
                return true;
            },
            cancellation);
    }

    /// <summary>Calls back when the credential of a login ends, or its device is removed.</summary>
    /// <inheritdoc cref="Notifications.LoginWatches.Watch"/>
    public IDisposable WatchLogin(Login login, Action ended) => _logins.Watch(login, ended);

    private static bool Holds(IStoreReader store, Login login)
    {
        try
        {
            return ActorOf(store, login) is not null;
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>The password of a user gives access to its sessions, so they need the same right.</summary>
    private static bool MayEnd(Actor actor, UserRecord owner) => actor.To(owner).Write.User.HasFlag(NodeFields.Password);

    private static UserRecord Owner(IStoreReader store, Actor actor, CdbPath path)
    {
        // A device knows its own user, also where it may not read it.
        UserRecord owner = path == actor.User.Path ? actor.User : new TreeView(store, actor).User(path).User;
        return MayEnd(actor, owner)
            ? owner
            : throw new PermissionDeniedException($"'{actor.Path}' may not see the sessions of '{path}'. Connect as a device that may: the 'user' device of that user or of an administrator.", path);
    }

    private static CdbSession Visible(SessionRecord session, DeviceRecord device, Login login) => new()
    {
        Id = session.Id,
        Device = device.Path.ToString(),
        Created = UnixTime.ToDateTimeOffset(session.Created),
        LastUsed = UnixTime.ToDateTimeOffset(session.Used),
        Expires = UnixTime.ToDateTimeOffset(session.Expires),
        Address = session.Address,
        Agent = session.Agent,
        IsCurrent = login.Credential == new SessionCredential(session.Id),
    };

    private bool IsCurrent(SessionRecord session) => session.Expires > Now && session.Used > UnusedSince;

    /// <summary>Looks at all sessions, so not at each login.</summary>
    private void RemoveEndedSessions(IStoreWriter store, double now)
    {
        if (Math.Abs(now - _cleaned) >= s_cleaning.TotalSeconds)
        {
            store.RemoveSessions(now, UnusedSince);
            _cleaned = now;
        }
    }

    private async ValueTask UseAsync(SessionRecord session, CancellationToken cancellation)
    {
        if (Now - session.Used < s_useStep.TotalSeconds)
        {
            return;
        }

        try
        {
            await _store.WriteAsync(
                store =>
                {
                    store.Use(session, Now);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // A full or busy store does not refuse a valid session; the session only ends earlier.
        }
    }
}
