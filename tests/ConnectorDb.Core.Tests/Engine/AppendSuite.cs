using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

public abstract class AppendSuite : IDisposable
{
    private const double Now = 1_000_000;
    private readonly Database _database;
    private readonly CdbPath _stream;

    protected AppendSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/x");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void Decreasing_times_within_a_call_are_rejected_with_their_position_and_nothing_is_stored()
    {
        TimeOrderException error = Assert.Throws<TimeOrderException>(() => _database.Append(_stream, Times(1, 3, 2)));

        Assert.Equal(2, error.Index);
        Assert.Contains("(2)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Restamp", error.Message, StringComparison.Ordinal);
        Assert.Empty(_database.Read(_stream));
    }

    [SkippableFact]
    public void A_time_before_the_newest_stored_is_rejected_and_an_equal_one_is_not()
    {
        _database.Append(_stream, Times(5));
        _database.Append(_stream, Times(5, 6));

        TimeOrderException error = Assert.Throws<TimeOrderException>(() => _database.Append(_stream, Times(5.5, 7)));

        Assert.Equal(0, error.Index);
        Assert.Contains("newest datapoint of 'me/user/x'", error.Message, StringComparison.Ordinal);
        Assert.Equal([5, 5, 6], TimesOf(_stream));
    }

    [SkippableFact]
    public void An_append_with_an_idempotency_key_is_stored_once_even_after_a_restart()
    {
        AppendResult first = Append(_database.Engine, Times(5, 6));
        using (CdbEngine later = _database.OpenOther(_database.Clock))
        {
            Assert.Equal(first, Append(later, Times(5, 6)));
        }

        Assert.Equal([5, 6], TimesOf(_stream));
        _database.Clock.Advance(TimeSpan.FromDays(2));
        _database.Engine.Append(_database.Me, _stream, Times(7), false, "other", Some.NoToken);
        Append(_database.Engine, Times(8));
        Assert.Equal([5, 6, 7, 8], TimesOf(_stream));

        AppendResult Append(CdbEngine engine, Block points) => engine.Append(_database.Me, _stream, points, false, "once", Some.NoToken);
    }

    [SkippableFact]
    public void Restamping_gives_older_datapoints_the_newest_time_exactly()
    {
        _database.Append(_stream, Times(5));

        _database.Append(_stream, Times(1, 4, 7, 6, 8), restamp: true);

        Assert.Equal([5, 5, 5, 7, 7, 8], TimesOf(_stream));
    }

    [SkippableFact]
    public void Datapoints_without_time_get_one_and_the_same_instant()
    {
        _database.Append(_stream, Times(double.NaN, double.NaN));
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        _database.Append(_stream, Times(double.NaN));

        Assert.Equal([Now, Now, Now + 1], TimesOf(_stream));
    }

    [SkippableFact]
    public void A_newest_time_slightly_ahead_of_the_clock_counts_as_now()
    {
        _database.Append(_stream, Times(Now + 10));
        _database.Append(_stream, Times(double.NaN));

        Assert.Equal([Now + 10, Now + 10], TimesOf(_stream));
    }

    [SkippableFact]
    public void A_newest_time_far_ahead_of_the_clock_is_an_error_unless_restamping()
    {
        _database.Append(_stream, Times(Now + 11));

        TimeOrderException error = Assert.Throws<TimeOrderException>(() => _database.Append(_stream, Times(double.NaN)));
        Assert.Contains("1000011", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Restamp", error.Message, StringComparison.Ordinal);

        _database.Append(_stream, Times(double.NaN), restamp: true);
        Assert.Equal([Now + 11, Now + 11], TimesOf(_stream));
    }

    [SkippableFact]
    public void Times_before_1970_are_times()
    {
        _database.Append(_stream, Times(-5, 0));
        Assert.Equal([-5, 0], TimesOf(_stream));
    }

    [SkippableTheory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void An_infinite_time_is_rejected(double t)
    {
        Assert.Throws<InvalidValueException>(() => _database.Append(_stream, Times(1, t)));
        Assert.Throws<InvalidValueException>(() => _database.Append(_stream, Times(1, t), restamp: true));
        Assert.Empty(_database.Read(_stream));
    }

    [SkippableTheory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_JSON_cannot_represent_are_rejected_with_their_position(double value)
    {
        Block plain = new(new double[] { 1, 2 }, new NumberColumn(new[] { 0, value }));
        DataValue nested = DataValue.From([DataValue.From(new DataObject(new KeyValuePair<string, DataValue>("a", DataValue.From(value))))]);
        Block mixed = new(new double[] { 1, 2 }, new ValueColumn(new[] { DataValue.From("x"), nested }));

        foreach (Block block in new[] { plain, mixed })
        {
            InvalidValueException error = Assert.Throws<InvalidValueException>(() => _database.Append(_stream, block));
            Assert.Contains("datapoint 2 ", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_database.Read(_stream));
    }

    [SkippableFact]
    public void One_value_against_the_schema_rejects_the_call()
    {
        CdbPath numbers = _database.AddStream("me/user/n", new StreamDefinition { Schema = """{"type":"number"}""" });
        Block block = new(new double[] { 1, 2 }, new ValueColumn(new[] { DataValue.From(1.0), DataValue.From("x") }));

        SchemaViolationException error = Assert.Throws<SchemaViolationException>(() => _database.Append(numbers, block));

        Assert.Equal(1, error.Index);
        Assert.Empty(_database.Read(numbers));
    }

    [SkippableFact]
    public void An_ephemeral_stream_validates_and_stores_nothing()
    {
        CdbPath fleeting = _database.AddStream("me/user/e", new StreamDefinition { Schema = """{"type":"number"}""", Ephemeral = true });

        Assert.Equal(new AppendResult(2, fleeting), _database.Append(fleeting, Some.Numbers(2)));
        _database.Append(fleeting, Some.Numbers(2, firstT: -100));
        Assert.Throws<SchemaViolationException>(() => _database.Append(fleeting, Some.Point(1, DataValue.From("x"))));
        Assert.Throws<TimeOrderException>(() => _database.Append(fleeting, new Block(new double[] { 2, 1 }, new NumberColumn(new double[] { 1, 1 }))));
        Assert.Empty(_database.Read(fleeting));
    }

    [SkippableFact]
    public void Nothing_appended_is_nothing()
    {
        Assert.Equal(new AppendResult(0, _stream), _database.Append(_stream, Block.Empty));
        Assert.Empty(_database.Read(_stream));
    }

    [SkippableFact]
    public void An_origin_supplied_by_the_client_is_ignored()
    {
        _database.Append(_stream, new Block(new double[] { 1 }, new NumberColumn(new double[] { 1 }), new string?[] { "you/there" }));
        Assert.Null(_database.Read(_stream).Single().Origin);
    }

    [SkippableFact]
    public void The_downlink_is_a_separate_sequence_written_by_others()
    {
        _database.AddDevice("me/lamp");
        CdbPath light = _database.AddStream("me/lamp/light", new StreamDefinition { Downlink = true });

        AppendResult asked = _database.Engine.Append(_database.Me, light, Times(100), false, Some.NoToken);
        AppendResult acknowledged = _database.Append(light, Times(50));

        Assert.Equal(light.ToDownlink().ToString(), asked.Target);
        Assert.Equal(light.ToString(), acknowledged.Target);
        Assert.Equal([50], TimesOf(light));
        Assert.Equal([100], TimesOf(light.ToDownlink()));
        Assert.Equal("me/user", _database.Read(light.ToDownlink()).Single().Origin);
    }

    [SkippableFact]
    public void Switching_the_downlink_off_or_deleting_it_removes_its_datapoints()
    {
        _database.AddDevice("me/lamp");
        CdbPath light = _database.AddStream("me/lamp/light", new StreamDefinition { Downlink = true });
        Ask();

        _database.Engine.Delete(_database.Me, light.ToDownlink(), Some.NoToken);
        Assert.Empty(_database.Read(light.ToDownlink()));
        Ask();
        Assert.Equal([1], TimesOf(light.ToDownlink()));

        _database.Engine.UpdateStream(_database.Me, light, new StreamDefinition { Downlink = false }, Database.NoClient, Some.NoToken);
        _database.Engine.UpdateStream(_database.Me, light, new StreamDefinition { Downlink = true }, Database.NoClient, Some.NoToken);
        Assert.Empty(_database.Read(light.ToDownlink()));

        void Ask() => _database.Engine.Append(_database.Me, light, Times(1), false, Some.NoToken);
    }

    [SkippableFact]
    public void A_denied_write_explains_the_needed_permission()
    {
        CdbPath pi = _database.AddDevice("me/pi");
        CdbPath stream = _database.AddStream("me/pi/t");

        PermissionDeniedException error = Assert.Throws<PermissionDeniedException>(() => _database.Engine.Append(_database.Me, stream, Times(1), false, Some.NoToken));

        Assert.Contains($"Only '{pi}' can write to the stream", error.Message, StringComparison.Ordinal);
        Assert.Contains("-As me/pi", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set-CdbStream me/pi/t -Downlink", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_value_of_100_megabytes_is_stored_and_a_larger_one_is_rejected()
    {
        string text = new('x', 100 << 20);
        _database.Append(_stream, Some.Point(1, DataValue.From(text)));
        Assert.Equal(text, _database.Read(_stream).Single().Value.AsText());

        InvalidValueException error = Assert.Throws<InvalidValueException>(
            () => _database.Append(_stream, Some.Point(2, DataValue.From(new string('x', 129 << 20)))));
        Assert.Contains("128 MiB", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Changes_of_another_process_apply_to_the_next_append()
    {
        _database.Append(_stream, Times(1));
        using CdbEngine other = _database.OpenOther(_database.Clock);

        other.UpdateStream(_database.Me, _stream, new StreamDefinition { Schema = """{"type":"string"}""" }, Database.NoClient, Some.NoToken);
        Assert.Throws<SchemaViolationException>(() => _database.Append(_stream, Times(2)));

        other.UpdateStream(_database.Me, _stream, new StreamDefinition { Schema = """{"type":"number"}""" }, Database.NoClient, Some.NoToken);
        Assert.Throws<SchemaViolationException>(() => _database.Append(_stream, Text(2)));
        other.UpdateStream(_database.Me, _stream, new StreamDefinition { Schema = "{}" }, Database.NoClient, Some.NoToken);
        _database.Append(_stream, Text(2));
        Assert.Equal([1, 2], TimesOf(_stream));

        other.UpdateStream(_database.Me, _stream, new StreamDefinition { Schema = "{}", Ephemeral = true }, Database.NoClient, Some.NoToken);
        _database.Append(_stream, Times(3));
        Assert.Equal([1, 2], TimesOf(_stream));

        other.UpdateStream(_database.Me, _stream, new StreamDefinition { Ephemeral = false }, Database.NoClient, Some.NoToken);
        _database.Append(_stream, Times(4));
        Assert.Equal([1, 2, 4], TimesOf(_stream));

        other.Delete(_database.Me, _stream, Some.NoToken);
        Assert.Throws<NotFoundException>(() => _database.Append(_stream, Times(5)));
        other.CreateStream(_database.Me, _stream, new StreamDefinition(), Database.NoClient, Some.NoToken);
        _database.Append(_stream, Times(0));
        Assert.Equal([0], TimesOf(_stream));
    }

    private static Block Text(double t) => new(new[] { t }, new TextColumn(new[] { "x" }));

    private static Block Times(params double[] times) => new(times, new NumberColumn(new double[times.Length]));

    private IEnumerable<double> TimesOf(CdbPath stream) => _database.Read(stream).Select(point => point.T);
}
