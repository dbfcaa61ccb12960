using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Sqlite;

/// <summary>Files of older versions: the rows of the first tell neither the exact sum nor the sum so far, the first two have no table of arrivals, the first three no statistics of members, the first four no sessions, the first five no hashes in receipts, and the first six no labels.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Mean = "mean | if last";
    private static readonly CdbPath s_old = CdbPath.Parse("me/user/old");
    private static readonly CdbPath s_new = CdbPath.Parse("me/user/new");
    private readonly TempFolder _folder = new();

    private string FilePath => Path.Combine(_folder["store"], "store.cdb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_version_1_is_upgraded_when_it_is_opened()
    {
        Make(version: 1);

        using (CdbEngine engine = Open())
        {
            Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
            Assert.Equal(10_000, engine.Count(me, s_old, Some.NoToken));
            Assert.Equal([4999.5], Numbers(engine, me, s_old));

            engine.CreateStream(me, s_new, new StreamDefinition(), Database.NoClient, Some.NoToken);
            engine.Append(me, s_new, Some.Numbers(10_000), restamp: false, Some.NoToken);
            engine.Append(me, s_old, Some.Numbers(10_000, firstT: 20_000), restamp: false, Some.NoToken);
            Assert.Equal([4999.5], Numbers(engine, me, s_new));
            Assert.Equal([4999.5], Numbers(engine, me, s_old));
        }

        Assert.Equal("7", Sql("PRAGMA user_version"));
        Assert.Equal("49995000", Sql("SELECT max(running_sum) FROM tail"));
    }

    [Fact]
    public void A_file_of_version_2_accepts_single_datapoints_when_it_is_opened()
    {
        Make(version: 2);

        using (CdbEngine engine = Open())
        {
            Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
            engine.Append(me, s_old, Some.Numbers(1, firstT: 20_000), restamp: false, Some.NoToken);
            Assert.Equal([9999, 10_000, 20_000], Some.Points(engine.Read(me, new DataQuery(s_old) { I1 = -3 }, Some.NoToken)).Select(point => point.T));
        }

        Assert.Equal("7", Sql("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_of_version_3_gets_statistics_of_members_for_new_objects_only()
    {
        Make(version: 3);

        using (CdbEngine engine = Open())
        {
            Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
            engine.CreateStream(me, s_new, new StreamDefinition(), Database.NoClient, Some.NoToken);
            engine.Append(me, s_new, Some.Point(1, DataValue.Parse("""{"percent": 7.5}""")), restamp: false, Some.NoToken);
            Assert.Equal([4999.5], Numbers(engine, me, s_old));
        }

        Assert.Equal("7", Sql("PRAGMA user_version"));
        Assert.Equal("1", Sql("SELECT count(members) FROM arrivals"));
        Assert.Equal("0", Sql("SELECT count(members) FROM segments"));
    }

    [Fact]
    public async Task A_file_of_version_4_keeps_sessions_when_it_is_opened()
    {
        Make(version: 4);

        using CdbEngine engine = Open();
        Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
        string session = await engine.IssueSessionAsync(me, TimeSpan.FromDays(1), "", "", Some.NoToken);

        Assert.Equal(me.Device, (await engine.LoginWithSessionAsync(session, Some.NoToken)).Device);
        Assert.Equal([4999.5], Numbers(engine, me, s_old));
        Assert.Equal("7", Sql("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_receipt_of_version_5_is_still_valid()
    {
        Make(version: 5);
        AppendOptions once = new() { IdempotencyKey = "a" };
        Sql($"INSERT INTO receipts (device_id, id, t, count, target) SELECT id, 'a', {DateTimeOffset.UtcNow.ToUnixTimeSeconds()}, 7, 'me/user/old' FROM devices WHERE name = 'user'");

        using CdbEngine engine = Open();
        Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
        IReadOnlyList<AppendResult> results = await engine.AppendAsync(me, [new StreamBlock(s_old, Some.Numbers(3, firstT: 20_000))], once, Some.NoToken);

        Assert.Equal(7, Assert.Single(results).Count);
        Assert.Equal(10_000, engine.Count(me, s_old, Some.NoToken));
    }

    [Fact]
    public async Task A_stream_of_version_6_can_get_labels()
    {
        Make(version: 6);

        using CdbEngine engine = Open();
        Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
        engine.UpdateStream(me, s_old, new StreamDefinition { Labels = LabelSet.Parse("room=office") }, Database.NoClient, Some.NoToken);

        Assert.Equal("me/user/old", Assert.Single(await engine.FindStreamsAsync(me, "", [new LabelPattern("room", "o*")], "", Database.NoClient, Some.NoToken).ToArrayAsync()).Path);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_file_of_an_older_version_that_cannot_be_written_is_read(int version)
    {
        Make(version);
        Sql("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL");

        using ReadOnlyFolder guard = new(_folder["store"]);
        using CdbEngine engine = Open();
        Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);

        Assert.Equal(10_000, engine.Count(me, s_old, Some.NoToken));
        Assert.Equal([4999.5], Numbers(engine, me, s_old));
        Assert.Empty(engine.ListSessions(me, null, Some.NoToken));
        Assert.Empty(await engine.FindStreamsAsync(me, "", [new LabelPattern("room", "*")], "", Database.NoClient, Some.NoToken).ToArrayAsync());
        Assert.Equal($"{version}", Sql("PRAGMA user_version", "?immutable=1"));
    }

    private static IEnumerable<double> Numbers(CdbEngine engine, Login me, CdbPath stream)
        => Some.Points(engine.Read(me, new DataQuery(stream) { Transform = Mean }, Some.NoToken)).Select(point => point.Value.AsDouble());

    private CdbEngine Open() => StoreFactory.OpenEngine(FilePath, _folder["keys"], TimeProvider.System);

    private void Make(int version)
    {
        using (CdbEngine engine = Open())
        {
            engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
            Login me = engine.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);
            engine.CreateStream(me, s_old, new StreamDefinition(), Database.NoClient, Some.NoToken);
            engine.Append(me, s_old, Some.Numbers(10_000), restamp: false, Some.NoToken);
        }

        using SqliteConnection connection = Connect();
        Sql(connection, "DROP TABLE labels; ALTER TABLE streams DROP COLUMN labels");
        if (version < 6)
        {
            Sql(connection, "ALTER TABLE receipts DROP COLUMN content");
        }

        if (version < 5)
        {
            Sql(connection, "DROP TABLE sessions; ALTER TABLE store DROP COLUMN login_version");
        }

        foreach (string table in version < 4 ? (string[])["segments", "tail", "arrivals"] : [])
        {
            Sql(connection, $"ALTER TABLE {table} DROP COLUMN members");
        }

        if (version < 3)
        {
            Sql(connection, "DROP TABLE arrivals");
        }

        if (version == 1)
        {
            RemoveSums(connection);
        }

        Sql(connection, $"PRAGMA user_version = {version}");
    }

    private static void RemoveSums(SqliteConnection connection)
    {
        foreach (string table in (string[])["segments", "tail"])
        {
            for (int start = 0; start < 10_000; start += 4096)
            {
                EncodedSegment segment = SegmentCodec.Encode(Some.Numbers(10_000).Slice(start, Math.Min(4096, 10_000 - start)));
                uint checksum = SegmentChecksum.Of(segment with { Numbers = segment.Numbers!.Value with { Rest = null } });
                Sql(connection, $"UPDATE {table} SET checksum = {checksum} WHERE start = {start}");
            }

            Sql(connection, $"ALTER TABLE {table} DROP COLUMN running_sum");
            Sql(connection, $"ALTER TABLE {table} DROP COLUMN number_rest");
        }
    }

    private SqliteConnection Connect(string parameters = "")
    {
        SqliteConnection connection = new($"Data Source={(parameters.Length == 0 ? FilePath : new Uri(FilePath).AbsoluteUri + parameters)};Pooling=False");
        connection.Open();
        return connection;
    }

    private string? Sql(string sql, string parameters = "")
    {
        using SqliteConnection connection = Connect(parameters);
        return Sql(connection, sql);
    }

    private static string? Sql(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
