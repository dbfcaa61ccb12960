using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Testing;

/// <summary>A real PostgreSQL on a folder and a port of its own, where the programs are installed.</summary>
public sealed class PostgresServer : IAsyncLifetime, IDisposable
{
    /// <summary>The account that the package makes. PostgreSQL does not run as root.</summary>
    private const string Account = "postgres";

    private const string Database = "tests";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();
    private Process? _process;

    /// <summary>The folder of the newest installed programs; null where there are none.</summary>
    private static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order().LastOrDefault()
        : null;

    public int Port { get; private set; }

    /// <remarks>The port is chosen here; when another program takes it in the meantime, the server ends, and gets another one.</remarks>
    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || Programs is null)
        {
            return;
        }

        File.SetUnixFileMode(_folder.Root, (UnixFileMode)0b111_001_001);
        Directory.CreateDirectory(_folder["data"]);
        if (IsRoot)
        {
            await RunAsync("chown", Account, _folder["data"]);
        }

        await RunAsync([.. AsAccount("initdb"), "-D", _folder["data"], "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await StartAsync();
        Execute("postgres", $"CREATE DATABASE {Database}");
    }

    public void SkipWhenMissing() => Skip.If(_process is null, "A real PostgreSQL is needed: the package 'postgresql' with /usr/lib/postgresql.");

    /// <summary>Empties the database of the test, and returns its connection string. A new one for each would take seconds.</summary>
    public string EmptyDatabase()
    {
        Execute(Database, "DROP SCHEMA IF EXISTS connectordb CASCADE");
        return ConnectionString(Database);
    }

    public string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=tester;Database={database}");

    /// <summary>Runs statements with psql, and returns the values of their rows.</summary>
    public string Execute(string database, string sql)
        => RunAsync(Path.Combine(Programs!, "psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "tester", "-d", database, "-c", sql).GetAwaiter().GetResult().Trim();

    /// <summary>Ends the server as a crash does, and starts it again on its port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (_process is not null)
        {
            StopAsync().GetAwaiter().GetResult();
        }

        _folder.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private async Task StartAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            Port = Port == 0 || attempt > 1 ? FreePort() : Port;
            List<string> command =
            [
                .. AsAccount("postgres"), "-D", _folder["data"], "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "max_connections=200", "-c", "fsync=on",
            ];
            _process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string said = await ReadyAsync(_process);
            if (said.Length == 0)
            {
                _ = _process.StandardError.ReadToEndAsync();
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }

            if (attempt == 3)
            {
                throw new InvalidOperationException($"PostgreSQL did not start. It said: {said}");
            }
        }
    }

    private async Task StopAsync()
    {
        // The first process ends all others at once, and writes nothing. Killed itself, it would leave them behind for a while.
        await RunAsync("kill", "-QUIT", _process!.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until it accepts connections; returns the output of one that ended.</summary>
    private static async Task<string> ReadyAsync(Process process)
    {
        using CancellationTokenSource patience = new(s_patience);
        List<string> said = [];
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                return "";
            }

            said.Add(line);
        }

        return string.Join(Environment.NewLine, said);
    }

    /// <summary>The command of one of the programs, which root gives to another account. The process stays the same, so that it is ended by its id.</summary>
    private static string[] AsAccount(string program)
        => IsRoot ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", Path.Combine(Programs!, program)] : [Path.Combine(Programs!, program)];

    private static async Task<string> RunAsync(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)} failed: {await errors}");
    }
}
