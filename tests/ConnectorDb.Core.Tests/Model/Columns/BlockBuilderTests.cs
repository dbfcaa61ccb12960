using ConnectorDb.Columns;

namespace ConnectorDb.Core.Tests.Model.Columns;

public sealed class BlockBuilderTests
{
    [Fact]
    public void A_block_without_origins_has_no_origin_column()
    {
        BlockBuilder builder = new();
        builder.Add(1, 2.5);

        Block block = builder.Build();

        Assert.Null(block.Origins);
        Assert.Equal([1.0], block.Times.ToArray());
        Assert.Equal(DataValue.From(2.5), block.Values[0]);
    }

    [Fact]
    public void Origins_stay_with_their_datapoints()
    {
        BlockBuilder builder = new();
        builder.Add(1, 2.5);
        builder.Add(2, DataValue.From("a"), "u/d");

        Block block = builder.Build();

        Assert.Equal([null, "u/d"], block.Origins!.Value.ToArray().ToList());
    }

    [Fact]
    public void Parts_of_blocks_of_all_kinds_can_be_put_together()
    {
        Block numbers = new(new double[] { 1, 2, 3 }, new NumberColumn(new[] { 1.5, 2.5, 3.5 }));
        Block texts = new(new double[] { 4, 5 }, new TextColumn(new[] { "a", "b" }), new[] { null, "u/d" });
        BlockBuilder builder = new();

        builder.Add(numbers, 1, 2);
        builder.Add(numbers, 0, 0);
        builder.Add(texts, 0, 2);
        builder.Add(numbers, 0, 1);
        Block block = builder.Build();

        Assert.Equal([2, 3, 4, 5, 1], block.Times.ToArray());
        Assert.Equal(["2.5", "3.5", "\"a\"", "\"b\"", "1.5"], Enumerable.Range(0, 5).Select(i => block.Values[i].ToJson()));
        Assert.Equal([null, null, null, "u/d", null], block.Origins!.Value.ToArray().ToList());
    }

    [Fact]
    public void Streams_stay_with_their_datapoints()
    {
        CdbPath[] streams = [CdbPath.Parse("u/d/a"), CdbPath.Parse("u/d/b")];
        Block merged = new(new double[] { 1, 2, 3 }, new NumberColumn(new[] { 1.5, 2.5, 3.5 }), null, new StreamColumn(streams, new[] { 1, 0, StreamColumn.Unknown }));
        BlockBuilder builder = new();

        builder.Add(0, 0.5);
        builder.Add(merged, 0, 3);
        builder.Add(merged, 0, 1);
        builder.Add(merged.ToBare(), 0, 2);
        builder.Add(8, 2.5);
        builder.Add(8, 2L);
        builder.Add(9, DataValue.Null, null, CdbPath.Parse("u/d/c"));
        Block block = builder.Build();

        Assert.Equal("- b a - b - - - - c", string.Join(' ', Enumerable.Range(0, block.Count).Select(i => block.Streams![i]?.Name ?? "-")));
        Assert.Equal("u/d/c", block.Slice(9, 1).At(0).Stream);
        builder.Add(1, 2.5);
        Assert.Null(builder.Build().Streams);
    }

    [Fact]
    public void A_builder_restarts_with_the_narrowest_column()
    {
        BlockBuilder builder = new();
        builder.Add(1, DataValue.Null);
        builder.Build();
        builder.Add(new Block(new double[] { 1 }, new NumberColumn(new[] { 1.5 })), 0, 1);

        Assert.IsType<NumberColumn>(builder.Build().Values);
    }
}
