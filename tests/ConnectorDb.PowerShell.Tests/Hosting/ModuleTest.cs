namespace ConnectorDb.PowerShell.Tests.Hosting;

/// <summary>
/// A test that uses the module in a session of its own. Its scripts know <c>$Folder</c>, a folder of the test alone, and
/// <c>$Store</c>, the path of a store in it that is not made yet.
/// </summary>
public abstract class ModuleTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<ModuleSession> _session;

    protected ModuleTest() => _session = new Lazy<ModuleSession>(NewSession);

    protected string Folder => _folder.Path;

    protected string Store => _folder.File("store.cdb");

    /// <summary>Runs the script; its errors are in the result.</summary>
    protected ScriptResult Run(string script, params object?[] arguments) => _session.Value.Run(script, arguments);

    /// <summary>Runs a script that must report no error; the answer is its output.</summary>
    protected IReadOnlyList<System.Management.Automation.PSObject?> Get(string script, params object?[] arguments) => _session.Value.Get(script, arguments);

    /// <summary>Connects the session to the test's own store as its administrator, <c>me/user</c>.</summary>
    protected virtual void Connect() => Get("Connect-Cdb -Path $Store");

    /// <summary>Connects the session, as the same, over a server that serves that store.</summary>
    protected void ConnectToServer() => Get("""
        $own = Connect-Cdb -Path $Store
        $key = (Get-CdbDevice user -Connection $own).ApiKey
        Disconnect-Cdb $own
        $server = Start-CdbServer $Store -Url http://127.0.0.1:0
        $null = Connect-Cdb -Url $server.Url -ApiKey $key
        """);

    /// <summary>One more session, that knows the same folder and store; the caller disposes of it.</summary>
    protected ModuleSession NewSession()
    {
        var session = new ModuleSession();
        session.Set(nameof(Folder), Folder);
        session.Set(nameof(Store), Store);
        return session;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        if (_session.IsValueCreated)
        {
            // Windows deletes no file that somebody still holds open.
            _session.Value.Run("Remove-Module ConnectorDb");
            _session.Value.Dispose();
        }

        _folder.Dispose();
    }
}
