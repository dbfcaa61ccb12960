using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>
/// The connections, subscriptions, servers, loggers and pollers of one runspace, and its default connection. They are closed when the
/// module is removed, when the runspace closes, and when the runspace is garbage.
/// </summary>
internal sealed class RunspaceSession
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceSession> s_sessions = [];

    /// <summary>The opened objects, oldest first, so that each comes after the objects that it uses.</summary>
    private readonly List<IDisposable> _opened = [];
    private RunspaceSession? _caller;

    /// <summary>The connections that were opened or selected as the default, the last one last.</summary>
    private readonly List<CdbConnection> _defaults = [];
    private CdbConnection? _lent;

    private RunspaceSession()
    {
    }

    /// <summary>Closes the session of a runspace that is garbage; such a runspace raises no event.</summary>
    ~RunspaceSession() => ThreadPool.UnsafeQueueUserWorkItem(static session => session.TryClose(), this, preferLocal: false);

    public static RunspaceSession Current => Of(Runspace.DefaultRunspace);

    /// <summary>The open connection that was opened or selected last, else the lent connection, else that of the caller.</summary>
    public CdbConnection? Default
    {
        get
        {
            lock (_defaults)
            {
                _defaults.RemoveAll(connection => !connection.IsOpen);
                return _defaults is [.., var last] ? last : _lent ?? _caller?.Default;
            }
        }
    }

    /// <summary>The open connections, oldest first.</summary>
    public IReadOnlyList<CdbConnection> Connections => Open<CdbConnection>(connection => connection.IsOpen);

    /// <summary>The registered subscriptions, oldest first, including those that ended by an error.</summary>
    public IReadOnlyList<CdbSubscription> Subscriptions => Open<CdbSubscription>(subscription => !subscription.IsOver);

    /// <summary>The newest open logger, else that of the caller.</summary>
    public CdbLogger? DefaultLogger => Loggers is [.., var newest] ? newest : _caller?.DefaultLogger;

    /// <summary>The open loggers, oldest first.</summary>
    public IReadOnlyList<CdbLogger> Loggers => Open<CdbLogger>(logger => logger.IsOpen);

    /// <summary>The logger that is open on a file; null when there is none. A second one beside it would show and sync the same entries.</summary>
    /// <param name="path">The full path, without links.</param>
    public CdbLogger? LoggerOf(string path) => Loggers.FirstOrDefault(logger => logger.Path == path);

    /// <summary>The newest running poller, else that of the caller.</summary>
    public CdbPoller? DefaultPoller => Pollers is [.., var newest] ? newest : _caller?.DefaultPoller;

    /// <summary>The running pollers, oldest first.</summary>
    public IReadOnlyList<CdbPoller> Pollers => Open<CdbPoller>(poller => poller.IsOpen);

    /// <summary>The servers that were not stopped, oldest first, including those that ended by themselves.</summary>
    public IReadOnlyList<CdbServer> Servers => Open<CdbServer>(server => server.Status != CdbServerStatus.Stopped);

    /// <summary>The open objects of one type, as the cmdlet Get- with the name of the type lists them.</summary>
    public IEnumerable<T> All<T>()
        => ((IReadOnlyList<object>[])[Connections, Subscriptions, Loggers, Pollers, Servers]).SelectMany(each => each).OfType<T>();

    public static RunspaceSession Of(Runspace runspace) => s_sessions.GetValue(runspace, Start);

    /// <summary>Closes all opened objects of the runspace and stops its servers.</summary>
    public static void Close(Runspace? runspace)
    {
        if (runspace is not null && s_sessions.TryGetValue(runspace, out RunspaceSession? session))
        {
            s_sessions.Remove(runspace);
            runspace.StateChanged -= CloseWithRunspace;
            session.Close();
        }
    }

    /// <exception cref="NotFoundException">There is no subscription with this number.</exception>
    public CdbSubscription Subscription(int id)
        => Subscriptions.FirstOrDefault(subscription => subscription.Id == id)
           ?? throw new NotFoundException($"There is no subscription {id}. Get-CdbSubscription lists the subscriptions.", id);

    /// <summary>Makes the defaults of another runspace the defaults of this one.</summary>
    /// <param name="connection">The default connection; null for that of the other runspace.</param>
    public void Borrow(RunspaceSession caller, CdbConnection? connection) => (_caller, _lent) = (caller, connection);

    /// <summary>Makes a connection the default. When it is closed, the default before it is the default again.</summary>
    public void Select(CdbConnection connection)
    {
        lock (_defaults)
        {
            _defaults.Remove(connection);
            _defaults.Add(connection);
        }
    }

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

    private static RunspaceSession Start(Runspace runspace)
    {
        runspace.StateChanged += CloseWithRunspace;
        return new RunspaceSession();
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

    /// <summary>Closes all objects, the newest first; continues after an error.</summary>
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
            // The runspace no longer exists, so no one can receive the error.
        }
    }
}
