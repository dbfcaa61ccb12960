using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Notifications;

/// <summary>The end of a login is reported while other threads begin and end watches.</summary>
public abstract class LoginWatchSuite : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Database _database;

    protected LoginWatchSuite(Database database)
    {
        _database = database;
        _database.AddDevice("me/lamp");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task The_last_watch_can_end_while_its_callback_waits_for_the_same_thread()
    {
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim disposed = new();
        TaskCompletionSource ended = new();
        IDisposable watch = Watch("me/lamp", () =>
        {
            begun.Set();
            disposed.Wait(s_patience);
            ended.SetResult();
        });

        Delete("me/lamp");
        Assert.True(begun.Wait(s_patience));
        await Task.Run(watch.Dispose).WaitAsync(s_patience / 2);
        disposed.Set();
        await ended.Task.WaitAsync(s_patience);
    }

    [SkippableFact]
    public async Task A_callback_can_end_its_own_watch()
    {
        TaskCompletionSource<IDisposable> watch = new();
        TaskCompletionSource ended = new();
        watch.SetResult(Watch("me/lamp", () =>
        {
            watch.Task.Result.Dispose();
            ended.SetResult();
        }));

        Delete("me/lamp");
        await ended.Task.WaitAsync(s_patience);
    }

    [SkippableFact]
    public async Task A_callback_that_waits_does_not_delay_those_of_other_logins()
    {
        _database.AddDevice("me/door");
        using ManualResetEventSlim isOver = new();
        TaskCompletionSource other = new();
        using IDisposable waiting = Watch("me/lamp", () => isOver.Wait(s_patience));
        using IDisposable watch = Watch("me/door", other.SetResult);

        Delete("me/lamp");
        Delete("me/door");
        await other.Task.WaitAsync(s_patience / 2);
        isOver.Set();
    }

    [SkippableFact]
    public async Task A_login_that_has_ended_before_is_reported_too()
    {
        Core.Engine.Identities.Login lamp = _database.As("me/lamp");
        Delete("me/lamp");
        TaskCompletionSource ended = new();
        using IDisposable watch = _database.Engine.WatchLogin(lamp, ended.SetResult);
        await ended.Task.WaitAsync(s_patience);
    }

    [SkippableFact]
    public void A_closed_store_cannot_be_watched_and_keeps_no_watch()
    {
        Core.Engine.Identities.Login lamp = _database.As("me/lamp");
        _database.Engine.Dispose();
        Assert.Equal(StoreFault.Closed, Assert.Throws<StoreException>(() => _database.Engine.WatchLogin(lamp, () => { })).Fault);
    }

    private IDisposable Watch(string device, Action ended) => _database.Engine.WatchLogin(_database.As(device), ended);

    private void Delete(string device) => _database.Engine.Delete(_database.Me, CdbPath.Parse(device), Some.NoToken);
}
