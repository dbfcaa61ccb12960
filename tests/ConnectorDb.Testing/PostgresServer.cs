using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Testing;

/// <summary>A real PostgreSQL.</summary>
public sealed class PostgresServer : LoopbackService, IPostgres
{
    private const string Database = "tests";

    private readonly PostgresServer? _primary;

    public PostgresServer()
        : this(null)
    {
    }

    private PostgresServer(PostgresServer? primary)
        : base("A real PostgreSQL is needed: the package 'postgresql' with /usr/lib/postgresql.", PostgresPrograms.Folder is null ? null : Path.Combine(PostgresPrograms.Folder, "initdb")) => _primary = primary;

    public int Port { get; private set; }

    /// <remarks>The first process ends all others at once, and writes nothing. Killed itself, it would leave them behind for a while.</remarks>
    protected override string EndSignal => "QUIT";

    /// <summary>Empties the database of the test, and returns its connection string. A new one for each would take seconds.</summary>
    public string EmptyDatabase()
    {
        Execute(Database, "DROP SCHEMA IF EXISTS connectordb CASCADE");
        return ConnectionString(Database);
    }

    public string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=tester;Database={database}");

    public void CreateDatabase(string database) => Execute("postgres", $"CREATE DATABASE {database}");

    /// <summary>Runs statements with psql, and returns the values of their rows.</summary>
    public string Execute(string database, string sql)
        => ToolProcess.RunAsync([.. Psql(database), "-c", sql]).GetAwaiter().GetResult().Trim();

    /// <summary>Takes locks, such as <c>LOCK TABLE connectordb.tail</c>, which make all others wait.</summary>
    public Task<PostgresLock> LockAsync(string sql) => PostgresLock.TakeAsync(Psql(Database), sql);

    /// <summary>Ends the server as a crash does, and starts it again on its port.</summary>
    public async Task RestartAsync()
    {
        await CrashAsync();
        await StartAgainAsync();
    }

    /// <summary>Ends the server as a crash does.</summary>
    public Task CrashAsync() => EndAsync(EndSignal);

    /// <summary>Starts the server again, on its port.</summary>
    public Task ResumeAsync() => StartAgainAsync();

    /// <summary>Puts a line before the others of <c>pg_hba.conf</c>, which let everyone in.</summary>
    public void AddAccessRule(string line)
    {
        string file = Folder[Path.Combine("data", "pg_hba.conf")];
        File.WriteAllText(file, $"{line}\n{File.ReadAllText(file)}");
        Reload();
    }

    /// <summary>Encrypts connections, with a certificate that no authority has signed.</summary>
    public async Task EnableTlsAsync(string host)
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string keyFile = Folder[Path.Combine("data", "server.key")];
        await File.WriteAllTextAsync(Folder[Path.Combine("data", "server.crt")], certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await ToolProcess.RunAsync("chmod", "600", keyFile);
        if (PostgresPrograms.IsRoot)
        {
            await ToolProcess.RunAsync("chown", PostgresPrograms.Account, keyFile);
        }

        Execute("postgres", "ALTER SYSTEM SET ssl = on");
        Reload();
    }

    public void DisableTls()
    {
        Execute("postgres", "ALTER SYSTEM SET ssl = off");
        Reload();
    }

    /// <summary>Starts a standby that confirms each commit of this server.</summary>
    public async Task<PostgresServer> AddStandbyAsync()
    {
        PostgresServer standby = new(this);
        await standby.InitializeAsync();
        Execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        Execute("postgres", "SELECT pg_reload_conf()");
        return standby;
    }

    protected override async Task PrepareAsync()
    {
        await ToolProcess.RunAsync("chmod", "711", Folder.Root);
        Directory.CreateDirectory(Folder["data"]);
        await ToolProcess.RunAsync("chmod", "700", Folder["data"]);
        if (PostgresPrograms.IsRoot)
        {
            await ToolProcess.RunAsync("chown", PostgresPrograms.Account, Folder["data"]);
        }

        if (_primary is not null)
        {
            await ToolProcess.RunAsync([.. PostgresPrograms.AsAccount("pg_basebackup"), "-h", "127.0.0.1", "-p", _primary.Port.ToString(CultureInfo.InvariantCulture), "-U", "tester", "-D", Folder["data"], "-R", "-c", "fast", "--no-sync"]);
            return;
        }

        await ToolProcess.RunAsync([.. PostgresPrograms.AsAccount("initdb"), "-D", Folder["data"], "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
    }

    protected override Task CompleteAsync()
    {
        if (_primary is null)
        {
            Execute("postgres", $"CREATE DATABASE {Database}");
        }

        return Task.CompletedTask;
    }

    protected override void ChoosePorts() => Port = FreePort();

    protected override ProcessStartInfo Command()
    {
        List<string> command =
        [
            .. PostgresPrograms.AsAccount("postgres"), "-D", Folder["data"], "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=200", "-c", "fsync=off",
        ];
        return new ProcessStartInfo(command[0], command.Skip(1));
    }

    protected override bool IsReady(string line) => line.Contains(_primary is null ? "ready to accept connections" : "ready to accept read-only connections", StringComparison.Ordinal);

    /// <summary>Reads the settings again. Later connections have them.</summary>
    private void Reload()
    {
        string loaded = LoadTime();
        Execute("postgres", "SELECT pg_reload_conf()");
        while (LoadTime() == loaded)
        {
        }

        string LoadTime() => Execute("postgres", "SELECT pg_conf_load_time()");
    }

    private string[] Psql(string database) => PostgresPrograms.Psql("127.0.0.1", Port, "tester", database);
}
