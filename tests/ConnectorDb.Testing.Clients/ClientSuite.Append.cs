using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    private static readonly AppendOptions s_lenient = new() { OnInvalid = OnInvalid.RejectInvalid };
    private static readonly StreamDefinition s_smallNumbers = new() { Schema = """{"type":"number","maximum":5}""" };

    [SkippableFact]
    public async Task One_call_appends_to_several_streams()
    {
        CdbPath one = await NewStream();
        CdbPath two = await NewStream();

        IReadOnlyList<AppendResult> results = await Append(AppendOptions.Default, (one, Points((1, "1"), (2, "2"))), (two, Points((5, "\"a\""))), (one, Points((3, "3"))));

        Assert.Equal([new AppendResult(2, one), new AppendResult(1, two), new AppendResult(1, one)], results);
        Assert.Equal(("1 2 3", "5"), (await Times(new DataQuery(one)), await Times(new DataQuery(two))));
    }

    [SkippableFact]
    public async Task One_invalid_datapoint_rejects_the_call()
    {
        CdbPath one = await NewStream();
        CdbPath two = await NewStream(s_smallNumbers);

        SchemaViolationException error = await Assert.ThrowsAsync<SchemaViolationException>(async ()
            => await Append(AppendOptions.Default, (two, Points((1, "1"), (2, "6"))), (one, Points((1, "1")))));

        Assert.Equal((1, two), (error.Index, error.Stream));
        Assert.Equal((0, 0), (await Client.CountAsync(one, Some.NoToken), await Client.CountAsync(two, Some.NoToken)));
        await Missing(async () => await Append(AppendOptions.Default, (NewPath(), Points((1, "1"))), (one, Points((1, "1")))));
        Assert.Equal(0, await Client.CountAsync(one, Some.NoToken));
    }

    [SkippableTheory]
    [InlineData("6", 2, typeof(SchemaViolationException))]
    [InlineData("NaN", 2, typeof(InvalidValueException))]
    public async Task An_append_that_stops_at_an_invalid_datapoint_stores_exactly_those_before_it(string invalid, int index, Type error)
    {
        AppendOptions stop = new() { OnInvalid = OnInvalid.StopAtInvalid };
        CdbPath one = await NewStream(s_smallNumbers);
        CdbPath two = await NewStream(s_smallNumbers);
        DataValue value = DataValue.From(double.Parse(invalid, CultureInfo.InvariantCulture));
        Block points = new(new double[] { 1, 2, 3, 4 }, new ValueColumn(new[] { DataValue.From(1), DataValue.From(2), value, DataValue.From(3) }));

        IReadOnlyList<AppendResult> results = await Append(stop, (two, Points((1, "1"))), (one, points), (two, Points((5, "2"), (6, "\"x\""))));

        Assert.Equal([1, 2, 0], results.Select(result => result.Count));
        Assert.Equal((index, error), (Assert.Single(results[1].Rejected).Index, results[1].Rejected[0].Error.GetType()));
        Assert.Empty(results[2].Rejected);
        Assert.Equal(("1 2", "1"), (await Times(new DataQuery(one)), await Times(new DataQuery(two))));

        // The time is refused before the value behind it is looked at.
        results = await Append(stop, (one, Points((4, "1"), (3, "1"), (5, invalid == "6" ? "9" : "\"x\""))), (two, Points((7, "1"))));

        Assert.Equal((1, typeof(TimeOrderException)), (Assert.Single(results[0].Rejected).Index, results[0].Rejected[0].Error.GetType()));
        results = await Append(stop, (NewPath(), Points((1, "1"))), (two, Points((8, "1"))));
        Assert.IsType<NotFoundException>(results[0].Error);
        Assert.Equal(("1 2 4", "1"), (await Times(new DataQuery(one)), await Times(new DataQuery(two))));
    }

    [SkippableFact]
    public async Task Valid_datapoints_are_stored_and_the_others_returned_with_the_reason()
    {
        CdbPath numbers = await NewStream(s_smallNumbers);
        CdbPath any = await NewStream();
        await Client.AppendAsync(numbers, Points((5, "0")), false, Some.NoToken);
        BlockBuilder mixed = new();
        mixed.Add(1, DataValue.From(double.NaN));
        mixed.Add(double.PositiveInfinity, DataValue.From(1.0));
        mixed.Add(2, DataValue.From(2.0));

        IReadOnlyList<AppendResult> results = await Append(
            s_lenient, (numbers, Points((6, "6"), (4, "1"), (7, "1"), (6.5, "2"), (8, "\"x\""), (8, "3"))), (any, mixed.Build()));

        Assert.Equal((2, 1), (results[0].Count, results[1].Count));
        Assert.Equal([0, 1, 3, 4], results[0].Rejected.Select(rejected => rejected.Index));
        Assert.Equal(
            [typeof(SchemaViolationException), typeof(TimeOrderException), typeof(TimeOrderException), typeof(SchemaViolationException)],
            results[0].Rejected.Select(rejected => rejected.Error.GetType()));
        Assert.All(results[0].Rejected, rejected => Assert.Equal(rejected.Index, ((IDatapointFault)rejected.Error).Place));
        Assert.StartsWith("It has the time", results[0].Rejected[1].Reason, StringComparison.Ordinal);
        Assert.Equal([0, 1], results[1].Rejected.Select(rejected => rejected.Index));
        Assert.Equal(("5 7 8", "2"), (await Times(new DataQuery(numbers)), await Times(new DataQuery(any))));
    }

    [SkippableFact]
    public async Task A_stream_that_cannot_be_written_is_the_error_of_its_block()
    {
        CdbPath mine = await NewStream();
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken);
        await using ICdbClient other = await Client.ActAsAsync(device, Some.NoToken);
        CdbPath theirs = await OtherStream(other);
        CdbPath downlink = (await other.CreateStreamAsync(device.Child("light"), new StreamDefinition { Downlink = true }, Some.NoToken)).GetPath();
        CdbPath missing = NewPath();
        (CdbPath, Block)[] blocks = [(missing, Points((1, "1"))), (theirs, Points((1, "1"))), (downlink, Points((1, "1"))), (mine, Points((1, "1")))];

        IReadOnlyList<AppendResult> results = await Append(s_lenient, blocks);

        Assert.IsType<NotFoundException>(results[0].Error);
        Assert.IsType<PermissionDeniedException>(results[1].Error);
        Assert.Equal([new AppendResult(1, downlink.ToDownlink()), new AppendResult(1, mine)], results.Skip(2));
        Assert.Equal((0, 0), (results[0].Count, await Client.CountAsync(theirs, Some.NoToken)));
        Assert.Equal(Client.Identity.ToString(), Assert.Single(await Read(new DataQuery(downlink.ToDownlink()))).Origin);
        Assert.IsType<NotFoundException>(Assert.Single(await Append(s_lenient, blocks[0])).Error);
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await Append(AppendOptions.Default, (mine, Points((2, "1"))), blocks[1]));
    }

    [SkippableFact]
    public async Task A_call_with_an_idempotency_key_is_stored_once_and_returns_the_same()
    {
        CdbPath one = await NewStream(s_smallNumbers);
        CdbPath two = await NewStream();
        AppendOptions once = new() { IdempotencyKey = "a", OnInvalid = OnInvalid.RejectInvalid, Restamp = !KeepsIdentities };
        IReadOnlyList<AppendResult>[] results =
        [
            await Append(once, (one, Points((1, "1"), (2, "6"))), (two, Points((1, "1")))),
            await Append(once, (one, Points((1, "1"), (2, "6"))), (two, Points((1, "1")))),
        ];
        await Append(once with { IdempotencyKey = "b" }, (one, Points((3, "3"))));
        await Append(once with { IdempotencyKey = "b" }, (one, Points((3, "3"))));

        Assert.All(results, result => Assert.Equal((1L, 1L, 1), (result[0].Count, result[1].Count, Assert.Single(result[0].Rejected).Index)));
        Assert.Equal(results[0][0].Rejected[0].Reason, results[1][0].Rejected[0].Reason);
        Assert.Equal(KeepsIdentities ? (2, 1) : (4, 2), (await Client.CountAsync(one, Some.NoToken), await Client.CountAsync(two, Some.NoToken)));
    }

    [SkippableFact]
    public async Task An_idempotency_key_with_another_stream_time_or_value_is_refused_and_stores_nothing()
    {
        if (!KeepsIdentities)
        {
            return;
        }

        CdbPath one = await NewStream();
        CdbPath two = await NewStream();
        string key = NewName("k");
        (CdbPath, Block)[] first = [(one, Points((1, "1"), (2, "\"a\"")))];
        await Append(new AppendOptions { IdempotencyKey = key }, first);
        foreach ((CdbPath, Block)[] other in new (CdbPath, Block)[][]
        {
            [(two, Points((1, "1"), (2, "\"a\"")))],
            [(one, Points((1, "1"), (3, "\"a\"")))],
            [(one, Points((1, "1"), (2, "\"b\"")))],
            [(one, Points((1, "1")))],
            [first[0], (two, Points((1, "1")))],
        })
        {
            KeyReusedException error = await Assert.ThrowsAsync<KeyReusedException>(() => Append(new AppendOptions { IdempotencyKey = key }, other));
            Assert.Contains("another append", error.Message, StringComparison.Ordinal);
        }

        await Append(new AppendOptions { IdempotencyKey = key }, first);
        Assert.Equal((2, 0), (await Client.CountAsync(one, Some.NoToken), await Client.CountAsync(two, Some.NoToken)));
    }

    [SkippableFact]
    public async Task Ephemeral_streams_pass_on_what_one_call_brings_beside_stored_streams()
    {
        CdbPath ephemeral = await NewStream(new StreamDefinition { Ephemeral = true });
        CdbPath stored = await NewStream();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(ephemeral), Some.NoToken));
        await using Follower kept = new(await Client.SubscribeAsync(new SubscriptionQuery(stored), Some.NoToken));
        await FollowedAsync(2);

        await Append(s_lenient, (ephemeral, Points((2, "2"), (1, "1"))), (stored, Points((3, "3"))));

        Assert.Equal((2, 3), (Assert.Single(await follower.Take(1)).T, Assert.Single(await kept.Take(1)).T));
        Assert.Equal((0, 1), (await Client.CountAsync(ephemeral, Some.NoToken), await Client.CountAsync(stored, Some.NoToken)));
    }

    [SkippableFact]
    public async Task Assigned_times_follow_a_newest_time_slightly_ahead()
    {
        CdbPath stream = await NewStream();
        double now = UnixTime.FromDateTimeOffset(DateTimeOffset.UtcNow);
        double ahead = Math.Floor(now) + 6;
        await Client.AppendAsync(stream, new Block(new[] { ahead }, new NumberColumn(new[] { 1.0 })), false, Some.NoToken);
        StreamBlock arrived = new(stream, new Block(new[] { now, now + 0.1 }, new NumberColumn(new[] { 2.0, 3.0 }))) { HasArrivalTimes = true };

        AppendResult result = Assert.Single(await Client.AppendAsync([arrived], AppendOptions.Default, Some.NoToken));

        Assert.Equal(2, result.Count);
        Assert.Equal([ahead, ahead, ahead], (await Read(new DataQuery(stream))).Select(point => point.T));
    }

    [SkippableFact]
    public async Task Blocks_that_need_several_requests_are_counted_as_one_call()
    {
        CdbPath one = await NewStream(s_smallNumbers);
        CdbPath two = await NewStream();
        const int Count = 150_000;
        double[] times = [.. Enumerable.Range(1, Count).Select(i => 0.1 + i)];
        double[] values = new double[Count];
        values[^1] = 6;

        IReadOnlyList<AppendResult> results = await Append(s_lenient, (two, new Block(times, new NumberColumn(times))), (one, new Block(times, new NumberColumn(values))));

        Assert.Equal((Count, Count - 1, Count - 1), (results[0].Count, results[1].Count, Assert.Single(results[1].Rejected).Index));
        Assert.Equal((Count, Count - 1), (await Client.CountAsync(two, Some.NoToken), await Client.CountAsync(one, Some.NoToken)));
    }

    [SkippableFact]
    public async Task Many_streams_are_appended_to_in_one_call()
    {
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        Dictionary<string, StreamDefinition> streams = Enumerable.Range(0, ManyStreams).ToDictionary(i => $"s{i}", _ => new StreamDefinition());
        await Client.CreateDeviceAsync(device, new DeviceDefinition { Streams = streams }, Some.NoToken);
        await using ICdbClient owner = await Client.ActAsAsync(device, Some.NoToken);
        StreamBlock[] blocks = [.. streams.Keys.Select((name, i) => new StreamBlock(device.Child(name), Some.Numbers(3, firstT: i + 1)))];

        IReadOnlyList<AppendResult> results = await owner.AppendAsync(blocks, AppendOptions.Default, Some.NoToken);

        Assert.Equal(blocks.Select(block => new AppendResult(3, block.Stream)), results);
        Assert.Equal(ManyStreams + 2, (await owner.LastAsync(device.Child($"s{ManyStreams - 1}"), Some.NoToken))!.T);
    }

    [SkippableFact]
    public async Task Results_and_datapoints_keep_the_order_of_the_call_whichever_stream_is_older()
    {
        CdbPath older = await NewStream();
        CdbPath newer = await NewStream();
        (CdbPath Stream, Block Points)[] blocks =
            [(newer, Points((1, "1"), (2, "1"))), (NewPath(), Points((1, "1"))), (older, Points((5, "1"))), (newer, Points((3, "1"))), (older, Points((6, "1"), (4, "1"), (7, "1"), (8, "1")))];

        IReadOnlyList<AppendResult> results = await Append(s_lenient, blocks);

        Assert.Equal([2, 0, 1, 1, 3], results.Select(result => result.Count));
        Assert.Equal(blocks.Select(block => block.Stream), results.Select(result => result.GetTarget()));
        Assert.Equal((1, typeof(NotFoundException)), (Assert.Single(results[4].Rejected).Index, results[1].Error?.GetType()));
        Assert.Equal(("1 2 3", "5 6 7 8"), (await Times(new DataQuery(newer)), await Times(new DataQuery(older))));
    }

    [SkippableFact]
    public async Task The_last_datapoints_of_many_streams_are_read_in_one_call()
    {
        CdbPath ten = await TenPoints();
        CdbPath empty = await NewStream();

        IReadOnlyList<StreamEnd?> ends = await Client.GetEndsAsync([ten, NewPath(), empty, ten.ToDownlink()], Some.NoToken);

        Assert.Equal((10L, 100.0, "100.0", ten.ToString()), (ends[0]!.Count, ends[0]!.Last!.T, ends[0]!.Last!.GetValue().ToString(), ends[0]!.Last!.Stream));
        Assert.Null(ends[1]);
        Assert.Equal([new StreamEnd(0, null), new StreamEnd(0, null)], ends.Skip(2));
        Assert.Empty(await Client.GetEndsAsync([], Some.NoToken));
    }

    /// <summary>How many streams a test of many makes; fewer where each is a request.</summary>
    protected virtual int ManyStreams => 10_000;

    private async Task<IReadOnlyList<AppendResult>> Append(AppendOptions options, params (CdbPath Stream, Block Points)[] blocks)
        => await Client.AppendAsync([.. blocks.Select(block => new StreamBlock(block.Stream, block.Points))], options, Some.NoToken);
}
