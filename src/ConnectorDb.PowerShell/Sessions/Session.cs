using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>
/// The connections, subscriptions, servers, loggers and pollers of one runspace, and its default connection. They are closed when the
/// module is removed, when the runspace closes, and when the runspace is garbage.
/// </summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = [];

    /// <summary>Everything that was opened here, oldest first, so that each comes after those that it uses.</summary>
    private readonly List<IDisposable> _opened = [];
    private CdbConnection? _lent;

    private Session()
    {
    }

    /// <summary>A runspace that is dropped without being closed raises no event.</summary>
    ~Session() => ThreadPool.UnsafeQueueUserWorkItem(static session => session.TryClose(), this, preferLocal: false);

    public static Session Current => Of(Runspace.DefaultRunspace);

    /// <summary>The newest connection that was made and is still open; before any was made, the one that was lent.</summary>
    public CdbConnection? Default => Connections is [.., var newest] ? newest : _lent;

    /// <summary>The open connections, oldest first.</summary>
    public IReadOnlyList<CdbConnection> Connections => Open<CdbConnection>(connection => connection.IsOpen);

    /// <summary>The subscriptions that were not unregistered, oldest first; also those that ended because something went wrong.</summary>
    public IReadOnlyList<CdbSubscription> Subscriptions => Open<CdbSubscription>(subscription => !subscription.IsOver);

    /// <summary>The newest logger that was opened here and is not closed.</summary>
    public CdbLogger? DefaultLogger => Loggers is [.., var newest] ? newest : null;

    /// <summary>The open loggers, oldest first.</summary>
    public IReadOnlyList<CdbLogger> Loggers => Open<CdbLogger>(logger => logger.IsOpen);

    /// <summary>The newest poller that was started here and is not stopped.</summary>
    public CdbPoller? DefaultPoller => Pollers is [.., var newest] ? newest : null;

    /// <summary>The pollers that were not stopped, oldest first.</summary>
    public IReadOnlyList<CdbPoller> Pollers => Open<CdbPoller>(poller => poller.IsOpen);

    /// <summary>The servers that were not stopped, oldest first; also those that ended by themselves.</summary>
    public IReadOnlyList<CdbServer> Servers => Open<CdbServer>(server => server.Status != CdbServerStatus.Stopped);

    public static Session Of(Runspace runspace) => s_sessions.GetValue(runspace, Start);

    /// <summary>Closes everything that the runspace has opened, and ends the servers that it has started.</summary>
    public static void Close(Runspace? runspace)
    {
        if (runspace is not null && s_sessions.TryGetValue(runspace, out Session? session))
        {
            s_sessions.Remove(runspace);
            runspace.StateChanged -= CloseWithRunspace;
            session.Close();
        }
    }

    /// <exception cref="NotFoundException">There is none of this number.</exception>
    public CdbSubscription Subscription(int id)
        => Subscriptions.FirstOrDefault(subscription => subscription.Id == id)
           ?? throw new NotFoundException($"There is no subscription {id}. Get-CdbSubscription lists those there are.", id);

    /// <summary>Lets the runspace use a connection that belongs to another.</summary>
    public void Lend(CdbConnection connection) => _lent = connection;

    /// <summary>Closes the connection, and ends the subscriptions on it.</summary>
    public void Close(CdbConnection connection)
    {
        foreach (CdbSubscription subscription in Subscriptions.Where(subscription => subscription.Connection == connection))
        {
            subscription.Dispose();
        }

        connection.Dispose();
    }

    public void Add(IDisposable opened)
    {
        lock (_opened)
        {
            _opened.Add(opened);
        }
    }

    private static Session Start(Runspace runspace)
    {
        runspace.StateChanged += CloseWithRunspace;
        return new Session();
    }

    private static void CloseWithRunspace(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            Close((Runspace?)sender);
        }
    }

    private T[] Open<T>(Predicate<T> isOpen)
    {
        lock (_opened)
        {
            _opened.RemoveAll(each => each is T one && !isOpen(one));
            return [.. _opened.OfType<T>()];
        }
    }

    /// <summary>Closes all, the newest first. One that fails keeps none of the others open.</summary>
    private void Close()
    {
        IDisposable[] opened;
        lock (_opened)
        {
            opened = [.. Enumerable.Reverse(_opened)];
            _opened.Clear();
        }

        List<Exception> failures = [];
        foreach (IDisposable each in opened)
        {
            try
            {
                each.Dispose();
            }
            catch (Exception error)
            {
                failures.Add(error);
            }
        }

        if (failures.Count > 0)
        {
            throw failures.Count == 1 ? failures[0] : new AggregateException(failures);
        }
    }

    private void TryClose()
    {
        try
        {
            Close();
        }
        catch (Exception)
        {
            // The runspace is gone, so there is nobody to tell.
        }
    }
}
