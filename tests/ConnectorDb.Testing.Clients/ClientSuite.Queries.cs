using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    [SkippableFact]
    public async Task Streams_are_merged_by_time()
    {
        CdbPath one = await NewStream();
        CdbPath two = await NewStream();
        await Client.AppendAsync(one, Points((1, "\"a\""), (3, "\"a\""), (5, "\"a\"")), false, Some.NoToken);
        await Client.AppendAsync(two, Points((2, "\"b\""), (3, "\"b\""), (9, "\"b\"")), false, Some.NoToken);

        List<Datapoint> merged = await Some.Points(Client.MergeAsync([new DataQuery(one), new DataQuery(two) { T2 = 8 }], Some.NoToken));
        Assert.Equal("1a 2b 3a 3b 5a", string.Join(' ', merged.Select(point => $"{point.T}{point.Data}")));
        Assert.Empty(await Some.Points(Client.MergeAsync([new DataQuery(one) { I1 = 0, I2 = 0 }], Some.NoToken)));
    }

    [SkippableFact]
    public async Task Results_of_a_transform_or_merge_have_origin_and_stream()
    {
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken);
        await using ICdbClient owner = await Client.ActAsAsync(device, Some.NoToken);
        CdbPath stream = (await owner.CreateStreamAsync(device.Child("s"), new StreamDefinition { Downlink = true }, Some.NoToken)).GetPath();
        CdbPath wishes = stream.ToDownlink();
        await using Follower asked = new(await owner.SubscribeAsync(new SubscriptionQuery(wishes) { Transform = "if $ > 1 | $ * 2" }, Some.NoToken));
        await owner.AppendAsync(stream, Points((1, "1"), (3, "3")), false, Some.NoToken);
        await Client.AppendAsync(stream, Points((1, "1"), (2, "2")), false, Some.NoToken);

        string? writer = NamesSources ? Client.Identity.ToString() : null;
        Assert.Equal((4.0, writer), Named(Assert.Single(await asked.Take(1))));
        Assert.Equal([(3.0, writer)], (await Read(new DataQuery(wishes) { Transform = "sum | if last" })).Select(Named));
        Assert.All(await Read(new DataQuery(wishes) { Transform = "map($, count)" }), point => Assert.Null(point.Origin));

        List<Datapoint> merged = await Some.Points(owner.MergeAsync([new DataQuery(stream), new DataQuery(wishes) { Transform = "$ * 10" }], Some.NoToken));
        Assert.Equal([(1.0, null), (10.0, writer), (20.0, writer), (3.0, null)], merged.Select(Named));
        CdbPath[] lies = [stream, wishes, wishes, stream];
        Assert.Equal(lies.Select(path => NamesSources ? path.ToString() : null), merged.Select(point => point.Stream));
    }

    [SkippableFact]
    public async Task Datapoints_of_a_merge_can_be_appended_elsewhere()
    {
        CdbPath one = await TenPoints();
        CdbPath other = await NewStream();
        await foreach (Block block in Client.MergeAsync([new DataQuery(one), new DataQuery(one)], Some.NoToken))
        {
            await Client.AppendAsync(other, block, false, Some.NoToken);
        }

        List<Datapoint> stored = await Read(new DataQuery(other));
        Assert.Equal(20, stored.Count);
        Assert.All(stored, point => Assert.True(point is { Stream: null, Origin: null }));
    }

    [SkippableFact]
    public async Task Datasets_bring_streams_to_common_times()
    {
        CdbPath stream = await TenPoints();
        DatasetColumn before = new() { Name = "before", Sources = [new DataQuery(stream)], Interpolator = "before", AllowNull = true };
        DatasetColumn count = new() { Name = "count", Sources = [new DataQuery(stream) { T1 = 1 }], Interpolator = "count" };

        List<Datapoint> rows = await Some.Points(Client.DatasetAsync(new DatasetQuery { T1 = 15, T2 = 45, Dt = 10, Columns = [before, count] }, Some.NoToken));
        Assert.Equal([15.0, 25.0, 35.0], rows.Select(row => row.T));
        Assert.Equal([10.0, 20.0, 30.0], rows.Select(row => Field(row, "before")));

        List<Datapoint> over = await Some.Points(Client.DatasetAsync(new DatasetQuery { X = [new DataQuery(stream) { I2 = 2 }], Columns = [before] }, Some.NoToken));
        Assert.Equal([(10.0, 10.0), (20.0, 20.0)], over.Select(row => (Field(row, "x"), Field(row, "before"))));

        List<Datapoint> after = await Some.Points(Client.DatasetAsync(
            new DatasetQuery { X = [new DataQuery(stream)], Columns = [before], PostTransform = "if $[\"x\"] > 90" }, Some.NoToken));
        Assert.Equal(100, Field(Assert.Single(after), "x"));
    }

    [SkippableFact]
    public async Task Invalid_datasets_are_rejected()
    {
        CdbPath stream = await TenPoints();
        DatasetColumn column = new() { Name = "x", Sources = [new DataQuery(stream)], Interpolator = "before" };
        await Assert.ThrowsAsync<InvalidRangeException>(() => Rows(new DatasetQuery { T1 = 5, T2 = 1, Dt = 1, Columns = [column] }));
        await Assert.ThrowsAsync<InvalidValueException>(() => Rows(new DatasetQuery { X = [new DataQuery(stream)], Columns = [column] }));
        await Assert.ThrowsAsync<ScriptSyntaxException>(() => Rows(new DatasetQuery { T1 = 1, T2 = 5, Dt = 1, Columns = [column with { Interpolator = "nosuch(" }] }));
    }

    private static (double Value, string? Origin) Named(Datapoint point) => (point.GetValue().AsDouble(), point.Origin);

    private async Task<List<Datapoint>> Rows(DatasetQuery query) => await Some.Points(Client.DatasetAsync(query, Some.NoToken));

    private static double Field(Datapoint row, string name)
        => row.GetValue().AsObject().TryGetValue(name, out DataValue value) && !value.IsNull ? value.AsDouble() : double.NaN;
}
