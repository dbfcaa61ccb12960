using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Serving;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>The connections and servers of one runspace, and which connection serves cmdlets that are given none.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = [];
    private readonly object _lock = new();
    private readonly List<CdbConnection> _connections = [];
    private readonly List<CdbServer> _servers = [];

    public static Session Current => s_sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The newest connection that was made and is still open.</summary>
    public CdbConnection? Default => Connections is [.., var newest] ? newest : null;

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

    /// <summary>Closes what the runspace has opened, and ends the servers that it has started.</summary>
    public static void Close(Runspace? runspace)
    {
        if (runspace is not null && s_sessions.TryGetValue(runspace, out Session? session))
        {
            s_sessions.Remove(runspace);
            foreach (CdbConnection connection in session.Connections)
            {
                connection.Dispose();
            }

            foreach (CdbServer server in session.Servers)
            {
                server.Dispose();
            }
        }
    }

    public void Add(CdbConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
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
