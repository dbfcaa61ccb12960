using ConnectorDb.Columns;
using ConnectorDb.Core.Tests.Storage.Segments;
using CsCheck;

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
    public void Values_of_any_kind_and_shape_come_back_from_records()
        => Gen.Select(BlockGen.Value.Array[0, 5], BlockGen.Value.Array[0, 5], Gen.Int[0, 9]).Sample((values, others, copies) =>
        {
            DataValue[] all = [.. Enumerable.Repeat(values, copies).SelectMany(each => each), .. Enumerable.Repeat(others, copies).SelectMany(each => each).Order(Comparer<DataValue>.Create((a, b) => a.Kind.CompareTo(b.Kind)))];
            BlockBuilder builder = new(hasRecords: true);
            BlockBuilder joined = new(hasRecords: true);
            for (int i = 0; i < all.Length; i++)
            {
                builder.Add(i, all[i]);
                if (i % 7 == 6)
                {
                    Block part = builder.Build();
                    joined.Add(part, 0, part.Count / 2);
                    joined.Add(part, part.Count / 2, part.Count - (part.Count / 2));
                }
            }

            Block rest = builder.Build();
            joined.Add(rest, 0, rest.Count);
            Assert.Equal(
                ExactText.Of(new Block(Enumerable.Range(0, all.Length).Select(i => (double)i).ToArray(), new ValueColumn(all))),
                ExactText.Of(joined.Build()));
        });

    [Fact]
    public void Objects_of_one_shape_become_records_until_another_shape_comes()
    {
        BlockBuilder builder = new(hasRecords: true);
        builder.Add(1, DataValue.Parse("""{"a":1.5,"b":null}"""));
        builder.Add(2, DataValue.Parse("""{"a":2.5,"b":"x"}"""));
        RecordColumn records = Assert.IsType<RecordColumn>(builder.Build().Values);
        Assert.IsType<NumberColumn>(records.Fields[0]);

        builder.Add(1, DataValue.Parse("""{"a":1,"b":2}"""));
        builder.Add(2, DataValue.Parse("""{"a":1,"b":2}"""));
        builder.Add(3, DataValue.Parse("""{"b":2,"a":1}"""));
        builder.Add(4, DataValue.Parse("{}"));
        Column mixed = builder.Build().Values;
        Assert.Equal(["""{"a":1,"b":2}""", """{"a":1,"b":2}""", """{"b":2,"a":1}""", "{}"], Enumerable.Range(0, mixed.Count).Select(i => mixed[i].ToJson()));
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
