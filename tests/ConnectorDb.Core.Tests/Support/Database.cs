using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>An engine over a store of its own, which belongs to <c>me</c>, at an hour that the test decides.</summary>
public sealed class Database : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly IPostgres? _server;

    /// <param name="server">The PostgreSQL with the store, which is emptied; null for a file. Without PostgreSQL, the test is skipped.</param>
    /// <param name="logsChanges">The engine logs changes.</param>
    public Database(IPostgres? server = null, bool logsChanges = false)
    {
        server?.SkipWhenMissing();
        _server = server;
        Location = server is null ? File : EngineDatabase.Empty(server);
        Engine = new CdbEngine(OpenStore(), KeyFolder, Clock, new EngineSettings { LogsChanges = logsChanges });
        Engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
        Me = As("me/user");
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));

    public string File => _folder["store.cdb"];

    /// <summary>The file, or the address of the database.</summary>
    public string Location { get; }

    public string KeyFolder => _folder["keys"];

    public CdbEngine Engine { get; }

    /// <summary>The owner, an administrator.</summary>
    public Login Me { get; }

    /// <summary>Opens the store again, as another process does.</summary>
    internal IStore OpenStore() => StoreFactory.OpenStore(Location, TimeProvider.System);

    /// <summary>An engine of another process.</summary>
    public CdbEngine OpenOther(TimeProvider clock) => new(StoreFactory.OpenStore(Location, clock), KeyFolder, clock);

    /// <summary>Runs a statement on the tables of the store, as another program does.</summary>
    public void Execute(string sql)
    {
        if (_server is not null)
        {
            EngineDatabase.Execute(_server, $"SET search_path = connectordb; {sql}");
            return;
        }

        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public Login As(string device) => Engine.LoginAs(CdbPath.Parse(device), Some.NoToken);

    public CdbPath AddUser(string name, UserDefinition? definition = null)
        => Engine.CreateUser(Me, CdbPath.Parse(name), definition ?? new UserDefinition(), Some.NoToken).GetPath();

    public CdbPath AddDevice(string path, DeviceDefinition? definition = null)
        => Engine.CreateDevice(Me, CdbPath.Parse(path), definition ?? new DeviceDefinition(), Some.NoToken).GetPath();

    public CdbPath AddStream(string path, StreamDefinition? definition = null)
        => Engine.CreateStream(Me, CdbPath.Parse(path), definition ?? new StreamDefinition(), NoClient, Some.NoToken).GetPath();

    public AppendResult Append(CdbPath stream, Block points, bool restamp = false)
        => Engine.Append(As(stream.Parent!.ToString()), stream, points, restamp, Some.NoToken);

    public List<Datapoint> Read(DataQuery query) => Some.Points(Engine.Read(Me, query, Some.NoToken));

    public List<Datapoint> Read(CdbPath stream) => Read(new DataQuery(stream));

    /// <summary>The client of stream objects in tests that call the engine.</summary>
    public static ICdbClient NoClient => null!;

    public void Dispose()
    {
        Engine.Dispose();
        _folder.Dispose();
    }
}
