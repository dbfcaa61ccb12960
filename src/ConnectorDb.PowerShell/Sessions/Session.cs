using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Subscriptions;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>The connections, subscriptions, servers, loggers and pollers of one runspace, and which connection serves cmdlets that are given none.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = [];
    private readonly object _lock = new();
    private readonly List<CdbConnection> _connections = [];
    private readonly List<CdbServer> _servers = [];
    private readonly List<CdbSubscription> _subscriptions = [];
    private readonly List<CdbLogger> _loggers = [];
    private readonly List<CdbPoller> _pollers = [];
    private CdbConnection? _lent;

    public static Session Current => Of(Runspace.DefaultRunspace);

    /// <summary>The newest connection that was made and is still open; before any was made, the one that was lent.</summary>
    public CdbConnection? Default => Connections is [.., var newest] ? newest : _lent;

    /// <summary>The open connections, oldest first.</summary>
    public IReadOnlyList<CdbConnection> Connections
    {
        get
        {
            lock (_lock)
            {
                _connections.RemoveAll(connection => !connection.IsOpen);
                return _connections.ToArray();
            }
        }
    }

    /// <summary>The subscriptions that were not unregistered, oldest first; also those that ended because something went wrong.</summary>
    public IReadOnlyList<CdbSubscription> Subscriptions
    {
        get
        {
            lock (_lock)
            {
                _subscriptions.RemoveAll(subscription => subscription.IsOver);
                return _subscriptions.ToArray();
            }
        }
    }

    /// <summary>The newest logger that was opened here and is not closed.</summary>
    public CdbLogger? DefaultLogger => Loggers is [.., var newest] ? newest : null;

    /// <summary>The open loggers, oldest first.</summary>
    public IReadOnlyList<CdbLogger> Loggers
    {
        get
        {
            lock (_lock)
            {
                _loggers.RemoveAll(logger => !logger.IsOpen);
                return _loggers.ToArray();
            }
        }
    }

    /// <summary>The newest poller that was started here and is not stopped.</summary>
    public CdbPoller? DefaultPoller => Pollers is [.., var newest] ? newest : null;

    /// <summary>The pollers that were not stopped, oldest first.</summary>
    public IReadOnlyList<CdbPoller> Pollers
    {
        get
        {
            lock (_lock)
            {
                _pollers.RemoveAll(poller => !poller.IsOpen);
                return _pollers.ToArray();
            }
        }
    }

    /// <summary>The servers that were started here, those that ended by themselves too.</summary>
    public IReadOnlyList<CdbServer> Servers
    {
        get
        {
            lock (_lock)
            {
                return _servers.ToArray();
            }
        }
    }

    public static Session Of(Runspace runspace) => s_sessions.GetOrCreateValue(runspace);

    /// <summary>Closes what the runspace has opened, and ends the servers that it has started.</summary>
    public static void Close(Runspace? runspace)
    {
        if (runspace is not null && s_sessions.TryGetValue(runspace, out Session? session))
        {
            s_sessions.Remove(runspace);
            foreach (CdbPoller poller in session.Pollers)
            {
                poller.Dispose();
            }

            foreach (CdbLogger logger in session.Loggers)
            {
                logger.Dispose();
            }

            foreach (CdbConnection connection in session.Connections)
            {
                session.Close(connection);
            }

            foreach (CdbServer server in session.Servers)
            {
                server.Dispose();
            }
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

    public void Add(CdbSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Add(subscription);
        }
    }

    public void Add(CdbConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    public void Add(CdbLogger logger)
    {
        lock (_lock)
        {
            _loggers.Add(logger);
        }
    }

    public void Add(CdbPoller poller)
    {
        lock (_lock)
        {
            _pollers.Add(poller);
        }
    }

    public void Add(CdbServer server)
    {
        lock (_lock)
        {
            _servers.Add(server);
        }
    }

    public void Remove(CdbServer server)
    {
        lock (_lock)
        {
            _servers.Remove(server);
        }
    }
}
