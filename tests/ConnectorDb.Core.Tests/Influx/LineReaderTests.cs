using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.Tests.Influx;

/// <summary>Lines as InfluxDB reads them.</summary>
public sealed class LineReaderTests
{
    private const long Now = 1_700_000_000_123_456_789;

    /// <summary>Bodies, with the points that InfluxDB 1.6.7 stored of them, or its error.</summary>
    public static TheoryData<string> Recorded => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Influx", "Vectors", "lines.jsonl"))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_body_is_read_as_InfluxDB_reads_it(string recorded)
    {
        using JsonDocument vector = JsonDocument.Parse(recorded);
        JsonElement root = vector.RootElement;
        (SortedDictionary<string, string> points, string faults) = Read(root.GetProperty("body").GetString()!, Precision.Of(root.GetProperty("precision").GetString())!.Value);

        if (root.TryGetProperty("error", out JsonElement error))
        {
            Assert.Equal(error.GetString()!.Replace("partial write: ", "", StringComparison.Ordinal).Replace(" dropped=0", "", StringComparison.Ordinal), faults);
            return;
        }

        Assert.Equal("", faults);
        Assert.Equal(
            root.GetProperty("points").EnumerateArray().SelectMany(Expected).Order(StringComparer.Ordinal),
            points.Select(point => $"{point.Key} {point.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Kindnesses_read_what_InfluxDB_1_refuses()
    {
        Assert.Equal(["m v 1 = Float 1.0", "m v 2 = String \"a\""], Lines("m v=1 1\r\nm v=\"a\" 2\r\n"));
        Assert.Equal(["m v 1 = Integer 5"], Lines("m v=5u 1"));
        Assert.Equal("unable to parse 'm v=18446744073709551615u': unable to parse unsigned 18446744073709551615: strconv.ParseUint: parsing \"18446744073709551615\": value out of range", Read("m v=18446744073709551615u").Faults);
    }

    [Fact]
    public void Lines_without_a_time_have_one_time_in_the_precision_of_the_request()
        => Assert.Equal([$"m v {Now - 123_456_789} = Float 1.0", $"m w {Now - 123_456_789} = Float 2.0"], Lines("m v=1\nm w=2", precision: 1_000_000_000));

    [Theory]
    [InlineData("m v=\"a", "unbalanced quotes")]
    [InlineData("m v=-", "invalid number")]
    [InlineData("m v=1-2", "invalid number")]
    [InlineData("m v=.", "invalid number")]
    [InlineData("m v=1 -", "strconv.ParseInt: parsing \"-\": invalid syntax")]
    [InlineData("m,k=a\\ v=1 1", "invalid tag format")]
    [InlineData(",k=a v=1", "missing measurement")]
    [InlineData("m\tv=1", "missing fields")]
    public void A_line_that_cannot_be_read_is_named(string line, string reason)
        => Assert.Equal($"unable to parse '{line}': {reason}", Read(line).Faults);

    [Fact]
    public void A_backslash_before_a_line_break_does_not_end_the_line()
        => Assert.Equal(["m v 1 = String \"a\\\\\\nb\""], Lines("m v=\"a\\\nb\" 1"));

    [Fact]
    public void A_key_longer_than_64_KiB_is_refused()
        => Assert.EndsWith("': max key length exceeded: 65604 > 65535", Read($"m,k={new string('x', 65_600)} v=1").Faults, StringComparison.Ordinal);

    /// <summary>An exception takes a thousand times as long as a line, so that a body of a few MB would keep a processor for minutes.</summary>
    [Theory]
    [InlineData("bad\n")]
    [InlineData(",k=a v=1\n")]
    [InlineData("m,k=a,k=b v=1\n")]
    [InlineData("m,k v=1\n")]
    [InlineData("m,=a v=1\n")]
    [InlineData("m v\n")]
    [InlineData("m =1\n")]
    [InlineData("m v=\n")]
    [InlineData("m v=1e999\n")]
    [InlineData("m v=99999999999999999999i\n")]
    [InlineData("m v=x\n")]
    [InlineData("m v=1 x\n")]
    [InlineData("m v=1 99999999999999999999\n")]
    [InlineData("m v=1 1 1\n")]
    public void The_errors_of_a_large_body_are_cut_and_all_counted_and_none_is_an_exception(string line)
    {
        LineReader reader = new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 100_000))), Precision.Nanosecond, Now, new SeriesCache());
        int thread = Environment.CurrentManagedThreadId;
        int exceptions = 0;
        EventHandler<FirstChanceExceptionEventArgs> count = (_, _) => exceptions += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += count;
        try
        {
            Assert.False(reader.Read(CancellationToken.None));
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= count;
        }

        Assert.Equal(0, exceptions);
        Assert.Equal(100_000, reader.FaultCount);
        Assert.InRange(reader.Faults.Length, 1, 70_000);
    }

    [Fact]
    public void A_line_of_an_error_is_cut()
        => Assert.InRange(Read(new string('x', 1_000_000)).Faults.Length, 1, 70_000);

    [Fact]
    public void Reading_ends_within_a_few_lines_when_the_client_leaves()
    {
        LineReader reader = new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("bad\n", 100_000))), Precision.Nanosecond, Now, new SeriesCache());
        Assert.Throws<OperationCanceledException>(() => reader.Read(new CancellationToken(canceled: true)));
        Assert.InRange(reader.FaultCount, 0, 1024);
    }

    /// <summary>No body, however damaged, ends the reading with another exception, and each ends.</summary>
    [Fact]
    public void Damaged_bodies_are_read_to_their_end()
    {
        Random random = new(18);
        const string letters = "m,k=a v1.i-\"\\\n#\r\t0e \u00e9";
        for (int i = 0; i < 20_000; i++)
        {
            byte[] body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)])));
            LineReader reader = new(body, Precision.Nanosecond, Now, new SeriesCache());
            int points = 0;
            while (reader.Read(CancellationToken.None))
            {
                Assert.False(reader.Fields.IsEmpty);
                points++;
            }

            Assert.InRange(points + reader.FaultCount, 0, body.Length + 1);
        }
    }

    private static IEnumerable<string> Lines(string body, long precision = Precision.Nanosecond) => Read(body, precision).Points.Select(point => $"{point.Key} = {point.Value}");

    /// <summary>The fields by series, name and time; of several with one time, the last.</summary>
    private static (SortedDictionary<string, string> Points, string Faults) Read(string body, long precision = Precision.Nanosecond)
    {
        SortedDictionary<string, string> points = new(StringComparer.Ordinal);
        LineReader reader = new(Encoding.UTF8.GetBytes(body), precision, Now, new SeriesCache());
        while (reader.Read(CancellationToken.None))
        {
            foreach (LineField field in reader.Fields)
            {
                string value = field.Type switch
                {
                    FieldType.Float => DataValue.From(field.Number).ToJson(),
                    FieldType.Integer => DataValue.From(field.Integer).ToJson(),
                    FieldType.Boolean => field.Integer == 1 ? "true" : "false",
                    _ => DataValue.From(field.Text!).ToJson(),
                };
                points[$"{reader.Series} {field.Name} {(reader.Time is Now ? "now" : reader.Time)}"] = $"{field.Type} {value}";
            }
        }

        return (points, reader.Faults);
    }

    private static IEnumerable<string> Expected(JsonElement point)
    {
        SeriesKey series = new(
            point.GetProperty("measurement").GetString()!,
            [.. point.GetProperty("tags").EnumerateObject().Select(tag => KeyValuePair.Create(tag.Name, tag.Value.GetString()!)).OrderBy(tag => tag.Key, StringComparer.Ordinal)]);
        string time = point.GetProperty("time").ValueKind == JsonValueKind.Null ? "now" : point.GetProperty("time").GetRawText();
        return point.GetProperty("fields").EnumerateObject().Select(field =>
        {
            string type = field.Value[0].GetString()!;
            JsonElement value = field.Value[1];
            string text = type == "float" ? DataValue.From(value.GetDouble()).ToJson() : DataValue.Parse(value.GetRawText()).ToJson();
            return $"{series} {field.Name} {time} {char.ToUpperInvariant(type[0])}{type[1..]} {text}";
        });
    }
}
