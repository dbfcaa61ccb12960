using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Sessions;

/// <summary>The connections of one runspace, and which of them serves cmdlets that are given none.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> s_sessions = [];
    private readonly object _lock = new();
    private readonly List<CdbConnection> _connections = [];

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

    /// <summary>Closes what the runspace has opened.</summary>
    public static void Close(Runspace? runspace)
    {
        if (runspace is not null && s_sessions.TryGetValue(runspace, out Session? session))
        {
            s_sessions.Remove(runspace);
            foreach (CdbConnection connection in session.Connections)
            {
                connection.Dispose();
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
}
