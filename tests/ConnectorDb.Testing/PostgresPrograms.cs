using System.Globalization;

namespace ConnectorDb.Testing;

/// <summary>The installed programs of PostgreSQL.</summary>
internal static class PostgresPrograms
{
    /// <summary>The account that the package makes. PostgreSQL does not run as root.</summary>
    public const string Account = "postgres";

    /// <summary>The folder of the newest; null where there are none.</summary>
    public static string? Folder { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order().LastOrDefault()
        : null;

    public static bool IsRoot => Environment.UserName == "root";

    public static string[] Psql(string host, int port, string user, string database)
        => [Path.Combine(Folder!, "psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", port.ToString(CultureInfo.InvariantCulture), "-U", user, "-d", database];

    /// <summary>The command of one of the programs, which root gives to another account. The process stays the same, so that it is ended by its id.</summary>
    public static string[] AsAccount(string program)
        => IsRoot ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", Path.Combine(Folder!, program)] : [Path.Combine(Folder!, program)];
}
