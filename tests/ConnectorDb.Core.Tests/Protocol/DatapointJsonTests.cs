using System.Buffers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Tests.Protocol;

public sealed class DatapointJsonTests
{
    private const string Mixed = """
        [{"t":1.5,"d":9007199254740993},{"T":2,"D":-0.0},{"t":3,"d":{"a":[1,{"b":null}],"ü":"\u00e4😀"},"o":"u/d"},{"d":1e400,"t":4},
         {"t":5,"d":"x","unknown":[1,{}]},{"t":6,"d":null},{"t":7}]
        """;

    [Fact]
    public void Datapoints_keep_every_digit_and_code_point()
    {
        Block block = Read(Mixed);
        Assert.Equal([1.5, 2, 3, 4, 5, 6, 7], block.Times.ToArray());
        Assert.Equal("9007199254740993", block.Values[0].ToJson());
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(block.Values[1].AsDouble()));
        Assert.Equal(DataValue.Parse("""{"a":[1,{"b":null}],"ü":"ä😀"}"""), block.Values[2]);
        Assert.Equal("1e400", block.Values[3].ToJson());
        Assert.True(block.Values[5].IsNull && block.Values[6].IsNull);
        Assert.Equal("--u/d----", string.Concat(block.Origins!.Value.ToArray().Select(origin => origin ?? "-")));
    }

    [Fact]
    public void Written_datapoints_are_read_back_unchanged()
    {
        Block block = Read(Mixed);
        string json = Write(block);
        Assert.Equal(json, Write(Read(json)));
        Assert.Contains("\"d\":-0.0", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_datapoints_name_their_stream_in_responses_only()
    {
        const string Merged = """[{"t":1,"d":1,"o":"u/e","stream":"u/d/s"},{"t":2,"d":2,"stream":"u/d/s/downlink"},{"t":3,"d":3}]""";

        Block block = Read(Merged, DatapointDirection.Answer);

        Assert.Equal(["u/d/s", "u/d/s/downlink", null], Some.Points([block]).Select(point => point.Stream));
        Assert.Equal(Merged, Write(block));
        Assert.Null(Read(Merged).Streams);
        Assert.Throws<InvalidValueException>(() => Read("""[{"t":1,"d":1,"stream":"no path"}]""", DatapointDirection.Answer));
    }

    [Fact]
    public void Numbers_are_read_into_number_columns()
    {
        Assert.IsType<NumberColumn>(Read("""[{"t":1,"d":1.5},{"t":2,"d":2.25}]""").Values);
        Assert.IsType<IntegerColumn>(Read("""[{"t":1,"d":1},{"t":2,"d":2}]""").Values);
        Assert.IsType<BooleanColumn>(Read("""[{"t":1,"d":true}]""").Values);
        Assert.IsType<TextColumn>(Read("""[{"t":1,"d":"a"}]""").Values);
    }

    [Fact]
    public void A_missing_time_means_now_in_requests_and_zero_in_responses()
    {
        Assert.True(double.IsNaN(Read("""[{"d":1}]""").Times.Span[0]));
        Assert.True(double.IsNaN(Read("""[{"t":null,"d":1}]""").Times.Span[0]));
        Assert.Equal(0, Read("""[{"d":1}]""", DatapointDirection.Answer).Times.Span[0]);
        Assert.Equal("""[{"d":1}]""", Write(Read("""[{"d":1}]""")));
    }

    [Theory]
    [InlineData("""[{"d":1},{"stream":"u/d/s"}]""", "stream")]
    [InlineData("""[{"t":1,"d":1},{"value":21.5,"unit":"C"}]""", "value")]
    [InlineData("""[{"t":1,"d":1},{"t":5,"value":21.5}]""", "value")]
    [InlineData("""[{"t":1,"d":1},{"data":21.5,"o":"u/d","t":5}]""", "data")]
    public void A_datapoint_with_an_unknown_member_and_no_value_is_refused(string json, string member)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Read(json));
        Assert.Equal(1, error.Place);
        Assert.StartsWith($"Datapoint 2 has the unknown member '{member}' and no value 'd'; the value is sent as 'd'", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("It has the unknown member", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"t":1,"d":1},{"timestamp":1700000000,"d":1}]""", "timestamp")]
    [InlineData("""[{"t":1,"d":1},{"d":1,"time":"2026-01-01","unit":"C"}]""", "time")]
    [InlineData("""[{"d":1},{"o":"u/d","d":1,"stream":"u/d/s"}]""", "stream")]
    public void A_datapoint_with_an_unknown_member_and_no_time_is_refused(string json, string member)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Read(json));
        Assert.Equal(1, error.Place);
        Assert.StartsWith($"Datapoint 2 has the unknown member '{member}' and no time 't'; the time is sent as 't' in unix seconds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"t":1,"d":1},{"d":1,"d":2}]""", "d")]
    [InlineData("""[{"t":1,"d":1},{"t":5,"d":1,"D":"a"}]""", "d")]
    [InlineData("""[{"t":1,"d":1},{"t":5,"t":6,"d":1}]""", "t")]
    [InlineData("""[{"t":1,"d":1},{"t":null,"d":1,"t":6}]""", "t")]
    [InlineData("""[{"t":1,"d":"a"},{"o":"u/d","d":1,"t":6,"o":"u/e"}]""", "o")]
    public void A_datapoint_with_a_repeated_member_is_refused(string json, string member)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Read(json));
        Assert.Equal(1, error.Place);
        Assert.StartsWith($"Datapoint 2 has the member '{member}' more than once", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"t":5,"d":1,"unit":"C"}]""")]
    [InlineData("""{"unit":"C","timestamp":6,"d":1,"t":5}""")]
    [InlineData("""[{"d":1,"T":5,"stream":"u/d/s"}]""")]
    public void A_datapoint_with_its_time_and_value_may_have_other_members(string json)
    {
        Block block = Read(json);
        Assert.Equal((5, 1L), (block.Times.Span[0], block.Values[0].AsInteger()));
    }

    [Fact]
    public void A_missing_value_is_null_as_in_ConnectorDB_03()
    {
        Block block = Read("""[{"t":5},{"o":"u/d"},{}]""");
        Assert.Equal(5, block.Times.Span[0]);
        Assert.All(Enumerable.Range(0, 3), i => Assert.True(block.Values[i].IsNull));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    [InlineData("null")]
    public void An_empty_array_has_no_datapoints(string json) => Assert.Equal(0, Read(json).Count);

    [Fact]
    public void A_value_alone_is_a_datapoint_of_now()
    {
        Block points = Read("5");
        Assert.Equal((1, 5L), (points.Count, points.Values[0].AsInteger()));
        Assert.True(double.IsNaN(points.Times.Span[0]));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("", null)]
    [InlineData("[{\"d\":1}", 1)]
    [InlineData("[{\"d\":1}] x", 1)]
    [InlineData("[{\"d\":1},null]", 1)]
    [InlineData("[{\"d\":1},[1]]", 1)]
    [InlineData("[{\"d\":1},{\"t\":\"now\"}]", 1)]
    [InlineData("[{\"t\":1e999}]", 0)]
    [InlineData("[{\"d\":NaN}]", 0)]
    [InlineData("[{\"d\":1},,{\"d\":1}]", 1)]
    public void The_error_for_an_invalid_array_contains_the_position(string json, int? place)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Read(json));
        Assert.Equal(place, error.Place);
        if (place is { } number && json.Length > 0)
        {
            Assert.Contains($"Datapoint {number + 1} ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Datapoints_do_not_depend_on_how_the_bytes_arrive(int piece)
    {
        string json = "[" + string.Join(',', Enumerable.Repeat(Mixed.Trim()[1..^1], 40)) + "]";
        using Pieces body = new(Encoding.UTF8.GetBytes(json), piece);
        List<Datapoint> points = await Some.Points(DatapointStream.ReadAsync(body, new DatapointReader(DatapointDirection.Insert, 50), Some.NoToken));
        Assert.Equal(Some.Points([Read(json)]).Select(point => point.ToString()), points.Select(point => point.ToString()));
    }

    [Fact]
    public async Task A_value_larger_than_the_buffer_is_read()
    {
        string text = new('x', 3_000_000);
        using Pieces body = new(Encoding.UTF8.GetBytes($$"""[{"t":1,"d":["{{text}}"]},{"t":2,"d":0}]"""), 5000);
        List<Datapoint> points = await Some.Points(DatapointStream.ReadAsync(body, new DatapointReader(DatapointDirection.Answer), Some.NoToken));
        Assert.Equal(text, points[0].Value.AsArray()[0].AsText());
        Assert.Equal(2, points.Count);
    }

    [Fact]
    public void An_error_among_the_datapoints_is_thrown_as_its_exception()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            writer.WriteStartArray();
            DatapointWriter.Write(writer, Some.Numbers(2));
            DatapointWriter.WriteFailure(writer, Failure.Of(new ScriptRuntimeException("'+' needs numbers", "$+1", 5)));
        }

        DatapointReader reader = new(DatapointDirection.Answer, 1);
        ReadOnlySequence<byte> bytes = new(buffer.WrittenMemory);
        Assert.True(reader.Read(ref bytes, false));
        reader.Take();
        Assert.True(reader.Read(ref bytes, false));
        reader.Take();
        ScriptRuntimeException error = Assert.Throws<ScriptRuntimeException>(() => reader.Read(ref bytes, false));
        Assert.Equal(("$+1", 5.0), (error.Script, error.T));
    }

    private static Block Read(string json, DatapointDirection direction = DatapointDirection.Insert)
        => DatapointReader.ReadAll(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), direction);

    private static string Write(Block block)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            DatapointWriter.WriteArray(writer, block);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A stream that gives so many bytes at a time, at most.</summary>
    private sealed class Pieces(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
