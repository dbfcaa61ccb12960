using ConnectorDb.PowerShell.Tests.Hosting;
using ConnectorDb.Testing;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

/// <summary>Connect-Cdb -ConnectionString, with a real PostgreSQL.</summary>
public sealed class ConnectDatabaseTests : ModuleTest, IClassFixture<PostgresServer>
{
    private readonly string _database;

    public ConnectDatabaseTests(PostgresServer server)
    {
        server.SkipWhenMissing();
        _database = server.EmptyDatabase();
    }

    [SkippableFact]
    public void A_session_and_a_server_use_one_database()
    {
        Get("$null = Connect-Cdb -ConnectionString $args[0]; $null = New-CdbStream seen; 1 | Add-CdbDatapoint seen", _database);

        // Without a path, the server serves the store of the default connection.
        Get("""
            $server = Start-CdbServer -Url http://127.0.0.1:0
            $remote = Connect-Cdb -Url $server.Url -ApiKey (Get-CdbDevice user).ApiKey -NoDefault
            2 | Add-CdbDatapoint seen -Connection $remote
            """);

        Assert.Equal("1 2", Get("\"$((Get-CdbDatapoint seen).Data)\"").Single()!.ToString());
        Assert.StartsWith("postgres://tester@127.0.0.1:", Get("$server.Store").Single()!.ToString());
    }

    [SkippableFact]
    public void A_database_is_not_backed_up_as_a_file()
    {
        var result = Run("$null = Connect-Cdb $args[0]; Backup-CdbStore $Folder/backup.cdb", _database);

        Assert.Contains("pg_dump", result.Errors.Single().ToString());
    }

    [SkippableFact]
    public void A_password_in_the_address_is_refused_and_not_shown()
    {
        var result = Run("Connect-Cdb $args[0]", $"{_database};Password=secret");

        Assert.Contains("PGPASSWORD", result.Errors.Single().ToString());
        Assert.DoesNotContain("secret", result.Errors.Single().ToString());
    }
}
