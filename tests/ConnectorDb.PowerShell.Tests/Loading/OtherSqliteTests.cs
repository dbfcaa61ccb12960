using System.Reflection;
using System.Runtime.Loader;
using ConnectorDb.PowerShell.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.PowerShell.Tests.Loading;

/// <summary>Another module in the same process has brought another version of Microsoft.Data.Sqlite: this test plays that module.</summary>
public sealed class OtherSqliteTests : ModuleTest
{
    [Fact]
    public void Another_version_of_SQLite_in_the_process_and_ours_both_work()
    {
        using var others = new SqliteConnection("Data Source=:memory:");
        others.Open();
        Execute(others, "create table kept (value integer); insert into kept values (42)");

        Connect();
        Get("$null = New-CdbStream temperature -Schema @{ type = 'number' }; 21.5, 21.7 | Add-CdbDatapoint temperature");

        Assert.Equal([21.5, 21.7], Run("(Get-CdbDatapoint temperature).Data").As<double>());
        Assert.Equal(42L, Execute(others, "select value from kept"));
        Assert.Equal(["9 in Default", "10 in ConnectorDb.Core"], Loaded("Microsoft.Data.Sqlite"));
    }

    [Fact]
    public void The_module_works_when_another_engine_is_already_loaded()
    {
        using var others = new SqliteConnection("Data Source=:memory:");
        others.Open();

        Connect();

        Assert.Equal(typeof(SqliteConnection).Assembly, Assembly.Load("Microsoft.Data.Sqlite"));
        Assert.Equal("me/user", Assert.Single(Run("(Get-CdbConnection).Identity").As<string>()));
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static IEnumerable<string> Loaded(string assembly) => AssemblyLoadContext.All
        .SelectMany(context => context.Assemblies.Where(a => a.GetName().Name == assembly).Select(a => (a.GetName().Version!.Major, context.Name)))
        .Order()
        .Select(found => $"{found.Major} in {found.Name}");
}
