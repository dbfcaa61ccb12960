using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Tests.Storage;

/// <summary>The behaviour of every store. Each implementation passes this suite.</summary>
public abstract partial class StoreSuite : IDisposable
{
    private readonly Lazy<IStore> _store;

    protected StoreSuite() => _store = new Lazy<IStore>(Open);

    protected IStore Store => _store.Value;

    /// <summary>Opens the store of this test; again when it was opened before.</summary>
    protected abstract IStore Open();

    /// <summary>Runs a statement on the tables of the store, as another program does.</summary>
    protected abstract void Execute(string sql);

    /// <summary>Removes the folder of the store of this test.</summary>
    protected abstract void CleanUp();

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }

        CleanUp();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void A_tree_is_found_by_path_with_all_its_fields()
    {
        UserRecord user = AddUser("ann") with
        {
            Nickname = "Ann", Email = "Ann@example.org", Description = "d", Icon = "i", Role = "admin", Public = true, PasswordHash = "h",
        };
        DeviceRecord device = Add(user, "pi") with
        {
            Nickname = "n", Description = "d", Icon = "i", Role = "reader", Enabled = false, Public = true, Visible = false, UserEditable = false, KeyHash = [1, 2], SealedKey = [3],
        };
        StreamRecord stream = Add(device, "t") with
        {
            Fields = new StreamDefinition { Nickname = "n", Description = "d", Icon = "i", Schema = """{"type":"number"}""", Datatype = "x", Ephemeral = true, Downlink = true, Labels = LabelSet.Parse("room=office; floor=2") },
            DownlinkNumber = 7,
        };
        Write(store =>
        {
            store.Change(user);
            store.Change(device);
            store.Change(stream);
        });

        Assert.Equal(user, Read(store => store.FindUser(user.Path)));
        Assert.Equivalent(device, Read(store => store.FindDevice(device.Path)), strict: true);
        Assert.Equal(stream, Read(store => store.FindStream(stream.Path)));
        Assert.Equal(user, Read(store => store.FindUserByLogin("ANN")));
        Assert.Equal(user, Read(store => store.FindUserByLogin("ann@EXAMPLE.org")));
        Assert.Equal(device.Path, Read(store => store.FindDeviceByKey([1, 2]))!.Path);
        Assert.Null(Read(store => store.FindDeviceByKey([9])));
        Assert.Equal(new TreeCounts(1, 1, 1), Read(store => store.CountTree()));
    }

    [SkippableFact]
    public void A_store_of_an_older_version_gets_the_columns_of_new_properties_when_it_is_opened()
    {
        StreamRecord stream = Add(Add(AddUser("ann"), "pi"), "t");
        Store.Dispose();
        Execute("ALTER TABLE streams DROP COLUMN schema");
        Execute("ALTER TABLE streams DROP COLUMN labels");
        Execute("ALTER TABLE streams DROP COLUMN ephemeral");

        using IStore opened = Open();

        Assert.Equal(stream, opened.Read(store => store.FindStream(stream.Path), Some.NoToken)! with { Fields = stream.Fields });
        StreamRecord changed = stream with { Fields = new StreamDefinition { Schema = """{"type":"number"}""", Ephemeral = true, Labels = LabelSet.Parse("room=office") } };
        opened.Write(store => Done(() => store.Change(changed)), Some.NoToken);
        StreamRecord read = opened.Read(store => store.FindStream(stream.Path), Some.NoToken)!;
        Assert.Equal((changed.Schema, true, changed.Labels), (read.Schema, read.Ephemeral, read.Labels));
    }

    [SkippableFact]
    public void An_older_version_that_does_not_know_a_property_can_add_streams()
    {
        DeviceRecord device = Add(AddUser("ann"), "pi");
        Execute("INSERT INTO streams (device_id, name, downlink_number) SELECT id, 'old', 1 FROM devices");

        StreamRecord stream = Read(store => store.FindStream(device.Path.Child("old")))!;

        Assert.Equal(("{}", false, LabelSet.None), (stream.Schema, stream.Ephemeral, stream.Labels));
    }

    [SkippableFact]
    public void Names_differ_by_case_in_paths_but_no_two_users_by_case_alone()
    {
        UserRecord user = AddUser("ann");
        DeviceRecord device = Add(user, "pi");
        Add(user, "PI");

        Assert.Null(Read(store => store.FindUser(CdbPath.ForUser("Ann"))));
        Assert.Null(Read(store => store.FindDevice(CdbPath.Parse("Ann/pi"))));
        Assert.Equal(device.Id, Read(store => store.FindDevice(CdbPath.Parse("ann/pi")))!.Id);
        Assert.Throws<NameTakenException>(() => AddUser("ANN"));
    }

    [SkippableFact]
    public void Lists_are_in_order_of_name()
    {
        UserRecord user = AddUser("u");
        AddUser("a");
        DeviceRecord device = Add(user, "d2");
        Add(user, "d1");
        Add(device, "s2");
        Add(device, "s1");

        Assert.Equal(["a", "u"], Read(store => store.ListUsers().Select(item => item.Path.Name).ToArray()));
        Assert.Equal(["d1", "d2"], Read(store => store.ListDevices(user).Select(item => item.Path.Name).ToArray()));
        Assert.Equal(["s1", "s2"], Read(store => store.ListStreams(device).Select(item => item.Path.Name).ToArray()));
        Assert.Equal(["u"], Read(store => store.ListUsers("A").Select(item => item.Path.Name).ToArray()));
        Assert.Equal(["d2"], Read(store => store.ListDevices(user, "d1").Select(item => item.Path.Name).ToArray()));
        Assert.Equal(["s2"], Read(store => store.ListStreams(device, "s1").Select(item => item.Path.Name).ToArray()));
    }

    [SkippableFact]
    public void Taken_names_addresses_and_keys_are_rejected()
    {
        UserRecord user = AddUser("u");
        Write(store => store.Change(user with { Email = "u@example.org" }));
        DeviceRecord device = Add(user, "d");
        Write(store => store.Change(device with { KeyHash = [1] }));
        Add(device, "s");

        Assert.Throws<NameTakenException>(() => Add(user, "d"));
        Assert.Throws<NameTakenException>(() => Add(device, "s"));
        Assert.Throws<NameTakenException>(() => Write(store => store.Add(new UserRecord { Path = CdbPath.ForUser("v"), Email = "U@Example.org" })));
        Assert.Throws<NameTakenException>(() => Write(store => store.Add(new DeviceRecord { UserId = user.Id, Path = user.Path.Child("e"), KeyHash = [1] })));
        Assert.Equal(new TreeCounts(1, 1, 1), Read(store => store.CountTree()));
    }

    [SkippableFact]
    public void Children_are_removed_with_their_parent()
    {
        UserRecord user = AddUser("u");
        DeviceRecord device = Add(user, "d");
        StreamRecord stream = Add(device, "s");
        Append(stream.KeyOf(false), Some.Numbers(10_000));
        Append(stream.KeyOf(true), Some.Numbers(5));

        Write(store => store.Remove(user));

        Assert.Equal(default, Read(store => store.CountTree()));
        Assert.Equal(default, Read(store => store.End(stream.KeyOf(false))));
        Assert.Equal(default, Read(store => store.End(stream.KeyOf(true))));
    }

    [SkippableFact]
    public void A_number_is_never_given_twice()
    {
        DeviceRecord device = Add(AddUser("u"), "d");
        StreamRecord first = Add(device, "s");
        Write(store => store.Remove(first));

        Assert.NotEqual(first.Id, Add(device, "s").Id);
    }

    [SkippableFact]
    public void A_failed_write_leaves_nothing()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Write(store =>
        {
            store.Add(new UserRecord { Path = CdbPath.ForUser("u") });
            throw new InvalidOperationException("stop");
        }));

        Assert.Equal("stop", error.Message);
        Assert.Equal(default, Read(store => store.CountTree()));
    }

    [SkippableFact]
    public void Datapoints_of_any_kind_are_imported_unchanged()
    {
        SequenceKey key = NewSequence();
        DataValue[] values =
        [
            DataValue.From(1.5), DataValue.From(long.MaxValue), DataValue.From(true), DataValue.From("täxt 🌡"), DataValue.Null,
            DataValue.Parse("""{"a":[1,2.0,null],"b":{}}"""), DataValue.Parse("123456789012345678901234567890"), DataValue.From(-0.0),
        ];
        BlockBuilder builder = new();
        for (int i = 0; i < values.Length; i++)
        {
            builder.Add(i, values[i], i % 2 == 0 ? null : "u/d");
        }

        Append(key, builder.Build());

        List<Datapoint> points = ReadAll(key);
        Assert.Equal(values.Select(value => value.ToJson()), points.Select(point => point.Value.ToJson()));
        Assert.Equal(values.Select((_, i) => i % 2 == 0 ? null : "u/d"), points.Select(point => point.Origin));
    }

    [SkippableTheory]
    [InlineData(1, 10)]
    [InlineData(7, 3000)]
    [InlineData(4096, 3)]
    [InlineData(5000, 3)]
    public void A_sequence_has_one_order_however_it_was_appended(int size, int times)
    {
        SequenceKey key = NewSequence();
        Write(store =>
        {
            for (int i = 0; i < times; i++)
            {
                store.Append(key, Some.Numbers(size, firstT: i * size));
            }
        });

        Assert.Equal(new SequenceEnd(size * times, (size * times) - 1), Read(store => store.End(key)));
        Assert.Equal(Enumerable.Range(0, size * times).Select(i => (double)i), ReadAll(key).Select(point => point.T));
        for (long at = 0; at < size * times; at += 1 + (size * times / 50))
        {
            Assert.Equal(at, Read(store => store.Read(key, at, at + 1)).Times.Span[0]);
            Assert.Equal(at, Read(store => store.IndexOfTime(key, at - 0.5)));
            Assert.Equal(at + 1, Read(store => store.IndexOfTime(key, at)));
        }
    }

    [SkippableFact]
    public void Sequences_do_not_touch_each_other()
    {
        DeviceRecord device = Add(AddUser("u"), "d");
        StreamRecord one = Add(device, "one");
        StreamRecord two = Add(device, "two");
        Append(one.KeyOf(false), Some.Numbers(5000));
        Append(one.KeyOf(true), Some.Numbers(3));
        Append(two.KeyOf(false), Some.Numbers(7));

        Write(store => store.Clear(one.KeyOf(true)));
        Assert.Equal([5000L, 0L, 7L], Counts());
        Write(store => store.Remove(one));
        Assert.Equal([0L, 0L, 7L], Counts());

        IEnumerable<long> Counts()
            => new[] { one.KeyOf(false), one.KeyOf(true), two.KeyOf(false) }.Select(key => Read(store => store.End(key)).Count);
    }

    [SkippableFact]
    public void Receipts_are_found_by_their_writer_until_they_are_old_or_the_writer_is_gone()
    {
        DeviceRecord one = Add(AddUser("u"), "one");
        DeviceRecord two = Add(AddUser("v"), "two");
        Receipt old = new(one.Id, "a", 10, 3, "u/one/s");
        Receipt young = old with { Id = "b", T = 20, Result = "u/one/s/downlink" };

        Write(store => store.Keep(old, 0));
        Write(store => store.Keep(young, 10));
        Assert.Equal([old, young, null], new[] { (one, "a"), (one, "b"), (two, "a") }.Select(Find));

        Write(store => store.Keep(young with { DeviceId = two.Id }, 10.5));
        Assert.Equal([null, young], new[] { (one, "a"), (one, "b") }.Select(Find));
        Write(store => store.Remove(one));
        Assert.Null(Find((one, "b")));

        Receipt? Find((DeviceRecord Device, string Id) of) => Read(store => store.FindReceipt(of.Device.Id, of.Id));
    }

    [SkippableFact]
    public void An_empty_sequence_has_no_datapoints()
    {
        SequenceKey key = NewSequence();
        Append(key, Block.Empty);

        Assert.Equal(new SequenceEnd(0, null), Read(store => store.End(key)));
        Assert.Equal(0, Read(store => store.Read(key, 0, 10)).Count);
        Assert.Equal(0, Read(store => store.IndexOfTime(key, 5)));
        Assert.Equal(new SequenceSummary(0, null, null, null), Read(store => store.Summarize(key, 0, 0)));
    }

    [SkippableTheory]
    [InlineData(0, 10_007)]
    [InlineData(3, 4)]
    [InlineData(100, 9000)]
    [InlineData(4096, 8192)]
    [InlineData(9000, 10_007)]
    [InlineData(50, 50)]
    public void A_summary_equals_that_of_the_datapoints(int from, int to)
    {
        SequenceKey key = NewSequence();
        Append(key, Some.Numbers(9000, firstT: 0));
        Write(store =>
        {
            for (int i = 9000; i < 10_007; i++)
            {
                store.Append(key, Some.Point(i, i % 5 == 0 ? DataValue.From("text") : DataValue.From((long)i)));
            }
        });

        SequenceSummary summary = Read(store => store.Summarize(key, from, to));

        List<Datapoint> points = ReadAll(key)[from..to];
        double[] numbers = [.. points.Where(point => point.Value.IsNumber).Select(point => point.Value.AsDouble())];
        Assert.Equal(to - from, summary.Count);
        Assert.Equal(points.FirstOrDefault()?.T, summary.FirstT);
        Assert.Equal(points.LastOrDefault()?.T, summary.LastT);
        Assert.Equal(numbers.Length, summary.Numbers?.Count ?? 0);
        Assert.Equal(numbers.Length == 0 ? null : numbers.Sum(), summary.Numbers?.Sum);
        Assert.Equal(numbers.Length == 0 ? null : numbers.Min(), summary.Numbers?.Minimum);
        Assert.Equal(numbers.Length == 0 ? null : numbers.Max(), summary.Numbers?.Maximum);
    }

    protected SequenceKey NewSequence() => Add(Add(AddUser("owner"), "device"), "stream").KeyOf(false);

    protected void Append(SequenceKey key, Block block) => Write(store => store.Append(key, block));

    protected List<Datapoint> ReadAll(SequenceKey key)
    {
        List<Block> blocks = [];
        long at = 0;
        while (Read(store => store.Read(key, at, long.MaxValue)) is { Count: > 0 } block)
        {
            blocks.Add(block);
            at += block.Count;
        }

        return Some.Points(blocks);
    }

    protected T Read<T>(Func<IStoreReader, T> work) => Store.Read(work, Some.NoToken);

    protected void Write(Action<IStoreWriter> work) => Store.Write(store => Done(() => work(store)), Some.NoToken);

    private UserRecord AddUser(string name) => Store.Write(store => store.Add(new UserRecord { Path = CdbPath.ForUser(name) }), Some.NoToken);

    private DeviceRecord Add(UserRecord user, string name)
        => Store.Write(store => store.Add(new DeviceRecord { UserId = user.Id, Path = user.Path.Child(name) }), Some.NoToken);

    private StreamRecord Add(DeviceRecord device, string name)
        => Store.Write(store => store.Add(new StreamRecord { DeviceId = device.Id, Path = device.Path.Child(name) }), Some.NoToken);

    private static bool Done(Action work)
    {
        work();
        return true;
    }
}
