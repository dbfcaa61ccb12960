using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments;

public sealed class SegmentCodecTests
{
    /// <summary>Objects of one shape with members of every kind, of which each is written by another codec.</summary>
    private static readonly Gen<Block> s_objects = Gen.Int[1, 600].SelectMany(count => Gen.Select(
        Gen.Double[0, 100].Array[count],
        Gen.Int[0, 9].Array[count],
        BlockGen.Value.Array[count],
        (a, b, n) => new Block(
            Enumerable.Range(0, count).Select(i => (double)i).ToArray(),
            new ValueColumn(Enumerable.Range(0, count).Select(i => DataValue.From(new DataObject(
                KeyValuePair.Create("a", DataValue.From(a[i])),
                KeyValuePair.Create("text", DataValue.From($"text {b[i]}")),
                KeyValuePair.Create("whole", DataValue.From((long)b[i])),
                KeyValuePair.Create("flag", DataValue.From(b[i] > 4)),
                KeyValuePair.Create("unique", DataValue.From($"{a[i]}")),
                KeyValuePair.Create("b", DataValue.From(b[i] / 10.0)),
                KeyValuePair.Create("n", n[i])))).ToArray()))));

    [Fact]
    public void Every_bit_of_any_block_is_restored()
        => BlockGen.Block.Sample(block =>
        {
            EncodedSegment segment = SegmentCodec.Encode(block);
            Block decoded = SegmentCodec.Decode(segment);
            Assert.Equal(segment.ValueCodec == "json" ? typeof(ValueColumn) : block.Values.GetType(), decoded.Values.GetType());
            Assert.Equal(ExactText.Of(block), ExactText.Of(decoded));
        });

    [Fact]
    public void A_part_of_a_block_is_encoded_without_the_rest()
        => Gen.Select(BlockGen.Block, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((block, from, share) =>
        {
            int start = (int)(from * (block.Count - 1));
            Block part = block.Slice(start, Math.Max(1, (int)(share * (block.Count - start))));
            Assert.Equal(ExactText.Of(part), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(part))));
        });

    [Fact]
    public void Selected_datapoints_of_any_block_are_restored()
        => Gen.Select(BlockGen.Block, Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 90]).Sample((block, from, share, every) =>
        {
            int start = (int)(from * (block.Count - 1));
            int count = Math.Max(1, (int)(share * (block.Count - start)));
            Block decoded = SegmentCodec.DecodeSome(SegmentCodec.Encode(block), start, count, (times, places) =>
            {
                Assert.Equal(count, times.Count);
                int chosen = 0;
                for (int place = 0; place < count; place += every)
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(block.Times.Span[start + place]), BitConverter.DoubleToInt64Bits(times[place]));
                    places[chosen++] = place;
                }

                return chosen;
            });

            IEnumerable<Block> chosen = Enumerable.Range(0, (count + every - 1) / every).Select(i => block.ToBare().Slice(start + (i * every), 1));
            Assert.Equal(string.Join('\n', chosen.Select(ExactText.Of)), ExactText.Of(decoded));
        });

    [Fact]
    public void Members_of_objects_that_are_decoded_alone_are_those_of_the_objects()
        => Gen.Select(BlockGen.Block, s_objects, Gen.Bool).Sample((any, objects, isAny) =>
        {
            Block block = isAny ? any : objects;
            EncodedSegment segment = SegmentCodec.Encode(block);
            foreach (string name in (string[])["a", "b", "text", "n", "", "not there"])
            {
                Block decoded = SegmentCodec.DecodeLazily(segment, new MemberProjection());
                if (decoded.Values is IObjectColumn column && column.Member(name) is { } member)
                {
                    IEnumerable<DataValue> expected = Enumerable.Range(0, block.Count).Select(i => block.Values[i].AsObject().TryGetValue(name, out DataValue value) ? value : throw new KeyNotFoundException(name));
                    Assert.Equal(
                        ExactText.Of(new Block(block.Times, new ValueColumn(expected.ToArray()))),
                        ExactText.Of(new Block(block.Times, new ValueColumn(Enumerable.Range(0, member.Count).Select(i => member[i]).ToArray()))));
                }

                Assert.Equal(ExactText.Of(block), ExactText.Of(decoded.Values is LazyObjectColumn lazy ? decoded.With(lazy.ToPlain()) : decoded));
            }
        });

    [Fact]
    public void A_member_of_objects_of_one_shape_is_decoded_without_the_other_members()
    {
        DataValue[] values = [.. Enumerable.Range(0, 500).Select(i => DataValue.Parse($$"""{"a":"text {{i}}","b":{{i * i % 17}}.5}"""))];
        EncodedSegment segment = SegmentCodec.Encode(new Block(Enumerable.Range(0, 500).Select(i => (double)i).ToArray(), new ValueColumn(values)));
        MemberProjection projection = new();
        LazyObjectColumn column = Assert.IsType<LazyObjectColumn>(SegmentCodec.DecodeLazily(segment, projection).Slice(7, 1).Values);
        Assert.Equal(new NumberColumn(new[] { 15.5 }).Values.ToArray(), Assert.IsType<NumberColumn>(column.Member("b")).Values.ToArray());
        Assert.Equal(["b"], projection.Names);
        Assert.False(projection.UsesObjects);
    }

    [Fact]
    public void Selecting_no_datapoint_gives_an_empty_block()
        => Assert.Equal(0, SegmentCodec.DecodeSome(SegmentCodec.Encode(new Block(new[] { 1.0, 2 }, new NumberColumn(new[] { 21.5, 21.7 }))), 0, 2, (_, _) => 0).Count);

    [Fact]
    public void The_first_later_time_is_found_for_any_times()
        => Gen.Select(BlockGen.Block, Gen.Int, Gen.Double[-2, 2]).Sample((block, seed, off) =>
        {
            double[] times = [.. block.Times.ToArray().Where(double.IsFinite).Order()];
            if (times.Length == 0)
            {
                return;
            }

            double wanted = times[(int)((uint)seed % times.Length)] + (seed % 3 == 0 ? off : 0);
            int expected = times.TakeWhile(time => !(time > wanted)).Count();
            EncodedSegment segment = SegmentCodec.Encode(new Block(times, new NumberColumn(times)));
            Assert.Equal(expected, SegmentCodec.FirstLater(segment, wanted));
            int start = (int)((uint)seed % (expected + 1));
            SegmentCodec.DecodeSome(segment, 0, times.Length, (given, _) =>
            {
                Assert.Equal(expected, given.FirstLater(start, wanted));
                return 0;
            });
        });

    [Fact]
    public void The_same_block_is_encoded_to_the_same_bytes()
        => BlockGen.Block.Sample(block =>
        {
            EncodedSegment first = SegmentCodec.Encode(block);
            EncodedSegment second = SegmentCodec.Encode(block);
            Assert.Equal(first.Checksum, second.Checksum);
            Assert.Equal(first.Values, second.Values);
        });

    [Fact]
    public void A_segment_of_65536_datapoints_is_the_longest()
    {
        double[] numbers = Enumerable.Range(0, SegmentCodec.MaxCount + 1).Select(i => i / 10.0).ToArray();
        Block tooLong = new(numbers, new NumberColumn(numbers));
        Block longest = tooLong.Slice(0, SegmentCodec.MaxCount);
        Assert.Equal(65_536, longest.Count);
        Assert.Equal(ExactText.Of(longest), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(longest))));
        Assert.Throws<ArgumentException>(() => SegmentCodec.Encode(tooLong));
    }

    [Fact]
    public void An_empty_block_is_rejected()
        => Assert.Throws<ArgumentException>(() => SegmentCodec.Encode(Block.Empty));

    [Fact]
    public void Texts_of_few_letters_are_restored()
    {
        Random random = new(1);
        string hex = string.Concat(Enumerable.Range(0, 20_000).Select(_ => "0123456789abcdef"[Math.Min(random.Next(16), random.Next(16))]));
        foreach (string text in new[] { hex, new string('x', 3 << 20) })
        {
            Block block = new(new double[1], new TextColumn(new[] { text }));
            Assert.Equal(ExactText.Of(block), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(block))));
        }
    }

    [Fact]
    public void Huge_texts_and_deep_values_are_restored()
    {
        string text = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i * 7919 % 100_003} "));
        string deep = new string('[', 500) + "1.5" + new string(']', 500);
        DataValue[] values = [DataValue.From(text), DataValue.Parse(deep), DataValue.From(new string('a', 5_000_000)), DataValue.Null];
        Block block = new(new double[values.Length], new ValueColumn(values));
        Assert.Equal(ExactText.Of(block), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(block))));

        Block texts = new(new double[2], new TextColumn(new[] { text, new string('a', 5_000_000) }));
        Assert.Equal(ExactText.Of(texts), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(texts))));
    }

    [Fact]
    public void Records_of_huge_and_deep_members_come_back()
    {
        DataValue many = DataValue.From(new DataValue[900_000]);
        DataValue deep = DataValue.Parse(new string('[', 500) + "1.5" + new string(']', 500));
        ValueColumn[] fields = [.. Enumerable.Range(0, 6).Select(i => new ValueColumn(new[] { many, i == 0 ? deep : DataValue.Null }))];
        Block block = new(new double[2], new RecordColumn(["a", "b", "c", "d", "e", "f"], fields, 2));
        Block decoded = SegmentCodec.Decode(SegmentCodec.Encode(block));
        Assert.True(Enumerable.Range(0, 2).All(i => block.Values[i] == decoded.Values[i]));
    }

    [Theory]
    [InlineData(100, 36)]
    [InlineData(3_000, 64)]
    [InlineData(60_000, 64)]
    public void Texts_of_random_hexadecimal_digits_are_restored(int count, int length)
    {
        Random random = new(4711);
        string[] texts = [.. Enumerable.Range(0, count).Select(_ => random.GetHexString(length, lowercase: true))];
        Block plain = new(new double[count], new TextColumn(texts));
        Block inJson = new(new double[count], new ValueColumn(texts.Select((t, i) => i % 2 == 0 ? DataValue.From(t) : DataValue.From(i)).ToArray()));
        Assert.Equal(ExactText.Of(plain), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(plain))));
        Assert.Equal(ExactText.Of(inJson), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(inJson))));
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(2_000_000)]
    [InlineData(20_000_000)]
    public void A_long_text_of_one_letter_is_restored(int length)
    {
        Block block = new(new double[] { 0, 1 }, new TextColumn(new[] { "short", new string('x', length) }));
        Block alone = new(new double[1], new TextColumn(new[] { new string('x', length) }));
        Assert.Equal(ExactText.Of(block), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(block))));
        Assert.Equal(ExactText.Of(alone), ExactText.Of(SegmentCodec.Decode(SegmentCodec.Encode(alone))));
    }

    [Fact]
    public void Own_origins_take_no_space()
    {
        Block block = new(new double[3], new IntegerColumn(new long[3]), new string?[3]);
        EncodedSegment segment = SegmentCodec.Encode(block);
        Assert.Null(segment.Origins);
        Assert.Null(SegmentCodec.Decode(segment).Origins);
    }

    [Fact]
    public void A_segment_has_its_first_and_last_time()
    {
        EncodedSegment segment = SegmentCodec.Encode(new Block(new[] { -1.5, 0, 1e9 }, new IntegerColumn(new long[3])));
        Assert.Equal((3, -1.5, 1e9), (segment.Count, segment.FirstT, segment.LastT));
    }
}
