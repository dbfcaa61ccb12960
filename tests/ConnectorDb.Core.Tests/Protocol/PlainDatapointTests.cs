using System.Buffers;
using System.Globalization;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;
using CsCheck;

namespace ConnectorDb.Core.Tests.Protocol;

/// <summary>A datapoint reads the same in the middle of an array, where there is a short way for plain numbers, as at its beginning, where there is none.</summary>
public sealed class PlainDatapointTests
{
    private static readonly Gen<string> s_numbers = Gen.OneOf(
        Gen.Double.Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Int[-1000, 1000].Select(number => (number / 10.0).ToString("0.0", CultureInfo.InvariantCulture)),
        Gen.Decimal.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Char["-.0123456789eE"].Array[1, 22].Select(text => new string(text)));

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0.000")]
    [InlineData("-20.50")]
    [InlineData("999999999999999.9")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775808")]
    [InlineData("1700000000.123456")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("1E3")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("1 2")]
    [InlineData("null")]
    public void Fast_and_general_parser_read_the_same_numbers(string number) => Assert.Equal(AtTheBeginning(number), InTheMiddle(number));

    [Fact]
    public void Fast_and_general_parser_read_any_number_alike() => s_numbers.Sample(number => AtTheBeginning(number) == InTheMiddle(number));

    [Theory]
    [InlineData("{\"d\":5}")]
    [InlineData("{\"t\":1}")]
    [InlineData("{}")]
    [InlineData("{\"T\":1,\"D\":2}")]
    [InlineData(" { \"d\" : 2.5 , \"t\" : 7 } ")]
    [InlineData("{\"t\":1,\"t\":2,\"d\":3,\"d\":4}")]
    [InlineData("{\"t\":1,\"d\":2,\"o\":\"u/d\"}")]
    [InlineData("{\"t\":1,\"x\":2}")]
    [InlineData("{\"t\":1,\"dd\":2}")]
    [InlineData("{\"t\":1,\"\\u0064\":2}")]
    [InlineData("{\"t\":1,\"d\":2,}")]
    [InlineData("{\"t\":1 \"d\":2}")]
    [InlineData("{\"t\" 1,\"d\":2}")]
    [InlineData("{\"t\":1,\"d\":2")]
    [InlineData("{\"t\":1,\"d\":2}]")]
    [InlineData("{\"t\":1,\"d\":2},,{\"t\":1,\"d\":2}")]
    public void Fast_and_general_parser_read_the_same_datapoints(string datapoint)
        => Assert.Equal(Read($"[{datapoint}]"), Read($$"""[{"t":0,"d":0.5},{{datapoint}}]""").Replace("0: 0.5\n", "", StringComparison.Ordinal));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(4096)]
    public void Datapoints_in_pieces_are_read_alike(int piece)
    {
        StringBuilder json = new("[");
        for (int i = 0; i < 1000; i++)
        {
            json.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : i % 7 == 0 ? ", " : ",")}{{\"t\":{i},\"d\":{(i % 11 == 0 ? "\"text\"" : $"{i}.5")}}}");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(json.Append(']').ToString());
        ReadOnlySequence<byte> whole = new(bytes);
        Assert.Equal(Text(DatapointReader.ReadAll(whole, DatapointDirection.Insert)), Text(DatapointReader.ReadAll(Segments.Of(bytes, piece), DatapointDirection.Insert)));
    }

    private static string AtTheBeginning(string number) => Read($$"""[{"t":1,"d":{{number}}}]""");

    private static string InTheMiddle(string number)
        => Read($$"""[{"t":0,"d":0.5},{"t":1,"d":{{number}}}]""").Replace("0: 0.5\n", "", StringComparison.Ordinal);

    /// <summary>The datapoints, or that there was an error.</summary>
    private static string Read(string json)
    {
        try
        {
            return Text(DatapointReader.ReadAll(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), DatapointDirection.Insert));
        }
        catch (InvalidValueException)
        {
            return "error";
        }
    }

    private static string Text(Block block)
        => string.Concat(Enumerable.Range(0, block.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{block.Times.Span[i]:R}: {block.Values[i]}{(block.Origins is { } origins ? origins.Span[i] : "")}\n")));

    /// <summary>A piece of a sequence that lies in several.</summary>
    private sealed class Segments : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Of(byte[] bytes, int size)
        {
            Segments first = new() { Memory = bytes.AsMemory(0, Math.Min(size, bytes.Length)) };
            Segments last = first;
            for (int start = size; start < bytes.Length; start += size)
            {
                Segments next = new() { Memory = bytes.AsMemory(start, Math.Min(size, bytes.Length - start)), RunningIndex = start };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
