using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Backups;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Transfers;

/// <summary>Copies of stores between files and databases.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StoreTransferTests(PostgresServer server) : IDisposable
{
    private const int Count = 150_000;
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [SkippableFact]
    public async Task A_store_is_copied_to_a_database_and_from_there_to_a_file()
    {
        server.SkipWhenMissing();
        FillAll();
        string database = server.EmptyDatabase();
        string back = _database.File + ".back";

        StoreTransfer there = Copy(_database.File, database);
        StoreTransfer home = Copy(database, back);

        Assert.Equal((4, 20_007, 20_007), (there.Streams, there.Datapoints, there.Copied));
        Assert.Equal(there with { Path = back, Source = there.Path }, home);
        foreach (string place in new[] { database, back })
        {
            await using ICdbClient copy = EmbeddedClient.Open(new EmbeddedOptions { Path = place, KeyFolder = _database.KeyFolder });
            foreach (string path in new[] { "me/user/text", "me/pi/curve", "me/pi/light", "me/pi/light/downlink" })
            {
                AssertSame(_database.Read(CdbPath.Parse(path)), await Some.Points(copy.ReadAsync(new DataQuery(CdbPath.Parse(path)), Some.NoToken)));
            }

            CdbDevice device = await copy.GetDeviceAsync(CdbPath.Parse("me/pi"), Some.NoToken);
            Assert.Equal((_database.Engine.GetDevice(_database.Me, CdbPath.Parse("me/pi"), Some.NoToken).ApiKey, "Pi"), (device.ApiKey, device.Nickname));
            CdbStream stream = await copy.GetStreamAsync(CdbPath.Parse("me/pi/light"), Some.NoToken);
            Assert.Equal(("""{"type":"number"}""", true, "cellar"), (stream.Schema, stream.Downlink, stream.Labels["room"]));
            await using ICdbClient ann = EmbeddedClient.Open(new EmbeddedOptions { Path = place, KeyFolder = _database.KeyFolder, UserName = "ann", Password = "four words of ann" });
            Assert.Equal("ann/user", ann.Identity.ToString());
        }
    }

    [SkippableFact]
    public void A_part_of_a_copy_in_a_database_is_no_store_until_the_copy_is_complete()
    {
        server.SkipWhenMissing();
        CdbPath stream = FillCurve();
        string database = server.EmptyDatabase();

        Assert.Throws<OperationCanceledException>(() => Copy(_database.File, database, _ => throw new OperationCanceledException()));
        StoreException refused = Assert.Throws<StoreException>(() => Read(database, stream));
        Assert.Equal(StoreFault.NotAStore, refused.Fault);
        Assert.Contains("part of a copy", refused.Message, StringComparison.Ordinal);
        StoreTransfers.Check(_database.File, database, Some.NoToken);

        Copy(_database.File, database);
        AssertSame(_database.Read(stream), Read(database, stream));
        int left = 2;
        _database.Append(stream, Some.Numbers(Count, firstT: Count));
        Assert.Throws<OperationCanceledException>(() => Copy(_database.File, database, _ => left = left > 1 ? left - 1 : throw new OperationCanceledException()));
        Assert.NotEmpty(Read(database, stream));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_part_of_a_copy_is_neither_copied_nor_backed_up(bool isDatabase)
    {
        FillCurve();
        string part = _database.File + ".part";
        if (isDatabase)
        {
            server.SkipWhenMissing();
            part = server.EmptyDatabase();
        }

        Assert.Throws<OperationCanceledException>(() => Copy(_database.File, part, _ => throw new OperationCanceledException()));
        string copy = _database.File + ".copy";
        List<Action> refused = [() => Copy(part, copy), () => StoreTransfers.Check(part, copy, Some.NoToken)];
        if (!isDatabase)
        {
            refused.Add(() => StoreBackups.Copy(part, copy, replaces: false, alsoDamaged: false, _ => { }, Some.NoToken));
            refused.Add(() => StoreBackups.Check(part, copy, replaces: false, alsoDamaged: false));
        }

        Assert.All(refused, act => Assert.Contains("part of a copy", Assert.Throws<StoreException>(act).Message, StringComparison.Ordinal));
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public void A_backup_that_replaces_a_part_of_a_copy_is_a_store()
    {
        CdbPath stream = FillCurve();
        string part = _database.File + ".part";
        Assert.Throws<OperationCanceledException>(() => Copy(_database.File, part, _ => throw new OperationCanceledException()));

        StoreBackups.Copy(_database.File, part, replaces: true, alsoDamaged: false, _ => { }, Some.NoToken);

        AssertSame(_database.Read(stream), Read(part, stream));
    }

    [Fact]
    public void A_copy_that_is_stopped_at_any_step_goes_on_where_it_was()
    {
        CdbPath stream = FillCurve();
        string copy = _database.File + ".copy";
        StoreTransfer? end = null;
        int stops = 0;
        while (end is null)
        {
            int left = ++stops;
            try
            {
                end = Copy(_database.File, copy, _ => left = left > 1 ? left - 1 : throw new OperationCanceledException());
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.InRange(stops, 5, int.MaxValue);
        Assert.Equal((1, Count), (end.Streams, end.Datapoints));
        Assert.InRange(end.Copied, 0, Count - 1);
        AssertSame(_database.Read(stream), Read(copy, stream));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_that_ended_after_its_first_user_or_before_its_first_device_with_a_key_goes_on(bool hasDevice)
    {
        FillCurve();
        string copy = _database.File + ".copy";
        using (IStore from = StoreFactory.OpenStore(_database.File, TimeProvider.System), to = StoreFactory.OpenStore(copy, TimeProvider.System))
        {
            UserRecord user = from.Read(source => source.ListUsers().Single(), Some.NoToken);
            UserRecord userCopy = to.Write(store => store.Add(user with { Id = 0 }), Some.NoToken);
            if (hasDevice)
            {
                DeviceRecord first = from.Read(source => source.ListDevices(user).First(), Some.NoToken);
                Assert.Null(first.KeyHash);
                to.Write(store => store.Add(first with { Id = 0, UserId = userCopy.Id }), Some.NoToken);
            }
        }

        Assert.Equal(Count, Copy(_database.File, copy).Datapoints);
    }

    [Fact]
    public void Late_and_removed_datapoints_of_a_source_in_use_are_in_the_copy()
    {
        CdbPath stream = FillCurve();
        string copy = _database.File + ".copy";
        int steps = 0;

        Copy(_database.File, copy, _ =>
        {
            switch (++steps)
            {
                case 2:
                    _database.Engine.RemoveNewest(_database.Me, stream, Count - 1000, Count, Some.NoToken);
                    break;
                case 4:
                    Merge(stream, 10.5);
                    break;
                case 6:
                    _database.Append(stream, Some.Numbers(10, firstT: 2 * Count));
                    break;
            }
        });

        AssertSame(_database.Read(stream), Read(copy, stream));
        Merge(stream, 20.5);
        _database.AddStream("me/user/late");
        StoreTransfers.Check(_database.File, copy, Some.NoToken);
        Assert.Equal(2, Copy(_database.File, copy).Streams);
        AssertSame(_database.Read(stream), Read(copy, stream));
    }

    [Fact]
    public void Datapoints_that_only_the_copy_has_are_never_removed()
    {
        CdbPath stream = _database.AddStream("me/user/x");
        _database.Append(stream, Some.Numbers(3, firstT: 0));
        string copy = _database.File + ".copy";
        Copy(_database.File, copy);
        using (Core.Engine.CdbEngine engine = StoreFactory.OpenEngine(copy, _database.KeyFolder, TimeProvider.System))
        {
            engine.Append(engine.LoginAs(stream.Parent!, Some.NoToken), stream, Some.Numbers(1, firstT: 2.5), false, Some.NoToken);
        }

        _database.Append(stream, Some.Numbers(3, firstT: 3));

        AssertRefused("1970-01-01T00:00:02.500Z", copy);
        Assert.Contains("1970-01-01T00:00:02.500Z", Assert.Throws<InvalidValueException>(() => StoreTransfers.Check(_database.File, copy, Some.NoToken)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 2.5], Read(copy, stream).Select(point => point.T));
    }

    [Fact]
    public void Only_a_new_place_and_an_earlier_copy_are_written_to()
    {
        CdbPath stream = _database.AddStream("me/user/x");
        _database.Append(stream, Some.Numbers(5));
        using Database other = new();
        CdbPath theirs = other.AddStream("me/user/x");

        AssertRefused("is no copy of", other.File);
        Assert.Empty(other.Read(theirs));
        AssertRefused("is the store itself", _database.File);
        string copy = _database.File + ".copy";
        Copy(_database.File, copy);
        _database.Engine.RemoveNewest(_database.Me, stream, 3, 5, Some.NoToken);
        AssertRefused("it was written to there", copy);
        _database.Engine.Delete(_database.Me, stream, Some.NoToken);
        AssertRefused("'me/user/x'", copy);
    }

    private static void AssertSame(List<Datapoint> expected, List<Datapoint> found)
        => Assert.Equal(expected.Select(point => (point.T, point.Value, point.Origin)), found.Select(point => (point.T, point.Value, point.Origin)));

    private void AssertRefused(string text, string destination)
        => Assert.Contains(text, Assert.Throws<InvalidValueException>(() => Copy(_database.File, destination)).Message, StringComparison.Ordinal);

    private StoreTransfer Copy(string source, string destination, Action<double>? progress = null)
        => StoreTransfers.Copy(source, destination, _database.KeyFolder, progress ?? (_ => { }), Some.NoToken);

    private List<Datapoint> Read(string store, CdbPath stream)
    {
        using Core.Engine.CdbEngine engine = StoreFactory.OpenEngine(store, _database.KeyFolder, TimeProvider.System);
        return Some.Points(engine.Read(engine.LoginAs(stream.Parent!, Some.NoToken), new DataQuery(stream), Some.NoToken));
    }

    private CdbPath FillCurve()
    {
        CdbPath stream = _database.AddStream("me/user/x");
        _database.Append(stream, Some.Numbers(Count, firstT: 0));
        return stream;
    }

    private void Merge(CdbPath stream, double t)
        => _database.Engine.MergeAsync(_database.Me, [new StreamBlock(stream, Some.Point(t, DataValue.From(1.0)))], null, Some.NoToken).AsTask().GetAwaiter().GetResult();

    /// <summary>Users, devices and streams of all kinds.</summary>
    private void FillAll()
    {
        _database.AddUser("ann", new UserDefinition { Password = "four words of ann", Email = "ann@example.org" });
        _database.AddDevice("me/pi", new DeviceDefinition { Nickname = "Pi" });
        _database.AddStream("me/pi/empty");
        _database.Append(_database.AddStream("me/pi/curve"), Some.Numbers(20_000));
        _database.Append(_database.AddStream("me/user/text"), Some.Point(1, DataValue.Parse("""{"a": [null, true, "é"]}""")));
        CdbPath light = _database.AddStream(
            "me/pi/light",
            new StreamDefinition { Downlink = true, Schema = """{"type":"number"}""", Labels = LabelSet.Parse("""{"room": "cellar"}""") });
        _database.Append(light, Some.Numbers(3));
        Login ann = _database.As("me/user");
        _database.Engine.Append(ann, light, Some.Numbers(3), false, Some.NoToken);
    }
}
