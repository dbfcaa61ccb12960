using System.Globalization;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Sinks;

public sealed class JsonFileTests : FileSinkSuite
{
    protected override SinkSettings Settings => new JsonFileSettings { Path = File };

    protected override FileSettings Bounded(FileSettings bounds) => new JsonFileSettings { Path = File, MaxBytes = bounds.MaxBytes, Daily = bounds.Daily };

    protected override IEnumerable<(string, double)> Read(string line)
        => line.StartsWith('{') && DataValue.Parse(line).AsObject() is var item && item.TryGetValue("channel", out DataValue channel) && item.TryGetValue("d", out DataValue value)
            ? [(channel.AsText(), value.AsDouble())]
            : [];
}

public sealed class CsvFileTests : FileSinkSuite
{
    protected override SinkSettings Settings => new CsvFileSettings { Path = File };

    protected override FileSettings Bounded(FileSettings bounds) => new CsvFileSettings { Path = File, MaxBytes = bounds.MaxBytes, Daily = bounds.Daily };

    protected override IEnumerable<(string, double)> Read(string line)
        => line.Split(',') is [_, var key, var number] && key != "key" ? [(key, double.Parse(number, CultureInfo.InvariantCulture))] : [];

    [Fact]
    public async Task Rows_follow_a_header_and_are_quoted_where_needed()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "x" }, Some.Point(5.5, DataValue.Parse("""{"a":"b, \"c\"\nd","e":[1]}""")))], Some.NoToken);
        Assert.Equal("epoch,key,value\n5.5,x_a,\"b, \"\"c\"\" d\"\n5.5,x_e_0,1\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task An_empty_object_is_a_row()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "x" }, Some.Point(5.5, DataValue.Parse("{}")))], Some.NoToken);
        Assert.Equal("epoch,key,value\n5.5,x,{}\n", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("", "\uFEFFepoch,key,value\n5.5,a,1.5\n6.5,a,2.5\n")]
    [InlineData("\uFEFFepoch,ke", "\uFEFFepoch,key,value\n5.5,a,1.5\n6.5,a,2.5\n")]
    [InlineData("epoch,key,value\n1,a,0.5\n", "epoch,key,value\n1,a,0.5\n5.5,a,1.5\n6.5,a,2.5\n")]
    public async Task Only_a_new_file_begins_with_a_byte_order_mark(string before, string after)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllBytes(File, Encoding.UTF8.GetBytes(before));
        foreach ((double t, double number) in new[] { (5.5, 1.5), (6.5, 2.5) })
        {
            await using ISink sink = SinkCatalog.Open(new CsvFileSettings { Path = File, ByteOrderMark = true }, Context);
            await sink.WriteAsync([new SinkBatch(new LogChannel { Name = "a" }, Some.Point(t, DataValue.From(number)))], Some.NoToken);
        }

        Assert.Equal(Encoding.UTF8.GetBytes(after), System.IO.File.ReadAllBytes(File));
    }
}

/// <summary>The behaviour of file sinks.</summary>
public abstract class FileSinkSuite : SinkSuite
{
    protected string File => Folder["log/data.txt"];

    protected abstract FileSettings Bounded(FileSettings bounds);

    protected abstract IEnumerable<(string Stream, double Number)> Read(string line);

    protected override IReadOnlyList<double> Stored(string stream)
        => [.. Directory.GetFiles(Path.GetDirectoryName(File)!).OrderBy(file => file == File ? "~" : file, StringComparer.Ordinal)
            .SelectMany(System.IO.File.ReadAllLines).SelectMany(Read).Where(item => item.Stream == stream).Select(item => item.Number)];

    [Fact]
    public async Task A_full_file_is_rotated_without_losing_lines()
    {
        await using ISink sink = SinkCatalog.Open(Bounded(new JsonFileSettings { Path = File, MaxBytes = 200 }), Context);
        for (int i = 0; i < 30; i++)
        {
            await sink.WriteAsync([Numbers("a", i + 0.5)], Some.NoToken);
        }

        Assert.InRange(Directory.GetFiles(Path.GetDirectoryName(File)!).Length, 3, 30);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => n + 0.5), Stored("a").Order());
    }

    [Fact]
    public async Task A_daily_file_is_rotated_at_midnight()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero));
        await using ISink sink = SinkCatalog.Open(Bounded(new JsonFileSettings { Path = File, Daily = true }), Context with { Time = clock });
        await WriteAsync(1.5);
        clock.Advance(TimeSpan.FromHours(22));
        await WriteAsync(2.5);
        clock.Advance(TimeSpan.FromHours(2));
        await WriteAsync(3.5);
        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(File)!).Length);
        Assert.Equal([1.5, 2.5, 3.5], Stored("a"));

        async Task WriteAsync(double number)
        {
            await sink.WriteAsync([Numbers("a", number)], Some.NoToken);
            System.IO.File.SetLastWriteTimeUtc(File, clock.GetUtcNow().UtcDateTime);
        }
    }

    [Theory]
    [InlineData("a\0b", "is not the path of a file")]
    [InlineData("", "is a folder")]
    public async Task A_path_that_can_be_no_file_is_a_failed_delivery(string path, string says)
    {
        await using ISink sink = SinkCatalog.Open(Bounded(new JsonFileSettings { Path = path }) with { Path = path }, Context);
        SinkException error = await Assert.ThrowsAsync<SinkException>(async () => await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_of_a_missing_file_creates_nothing_and_names_it()
    {
        await using ISink sink = Open();
        Assert.Contains($"the folder '{Path.GetDirectoryName(File)}'", await sink.TestAsync(Some.NoToken), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Root));
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        Assert.Null(await sink.TestAsync(Some.NoToken));
    }

    [Fact]
    public async Task A_partial_line_after_a_crash_is_removed()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        System.IO.File.AppendAllText(File, "{\"channel\":\"a\",\"t\":1,\"d\":9");
        await sink.WriteAsync([Numbers("a", 2.5)], Some.NoToken);
        Assert.Equal([1.5, 2.5], Stored("a"));
    }

    [Theory]
    [InlineData("date;value")]
    [InlineData("first\nlast")]
    [InlineData("e")]
    public async Task The_last_line_of_a_file_from_elsewhere_is_kept(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content + "…");
        await using ISink sink = Open();
        await sink.TestAsync(Some.NoToken);
        Assert.Equal(content + "…", await System.IO.File.ReadAllTextAsync(File));
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        Assert.StartsWith(content + "…\n", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
        Assert.Equal([1.5], Stored("a"));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task A_write_to_a_full_disk_leaves_the_file_as_it_was(int count)
    {
        using SmallDisk disk = SmallDisk.Mount(Path.GetDirectoryName(File)!, megabytes: 1);
        await using ISink sink = Open();
        while (new FileInfo(File) is not { Exists: true, Length: > 4000 })
        {
            await sink.WriteAsync([Numbers("a", 0.5)], Some.NoToken);
        }

        string before = await System.IO.File.ReadAllTextAsync(File);
        string ballast = Path.Combine(Path.GetDirectoryName(File)!, "ballast");
        Assert.Throws<IOException>(() => Fill(ballast));
        double[] numbers = [.. Enumerable.Range(0, count).Select(n => n + 0.5), .. Enumerable.Repeat(0.25, 100)];
        await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync([Numbers("b", numbers)], Some.NoToken).AsTask());
        System.IO.File.Delete(ballast);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(File));
        await sink.WriteAsync([Numbers("b", numbers)], Some.NoToken);
        Assert.Equal(numbers, Stored("b"));
    }

    private static void Fill(string path)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        while (true)
        {
            file.Write(new byte[4096]);
        }
    }

    [Fact]
    public async Task A_read_only_file_keeps_all_entries()
    {
        Directory.CreateDirectory(File);
        await using ISink sink = Open();
        await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken).AsTask());
        await Assert.ThrowsAsync<SinkException>(() => sink.TestAsync(Some.NoToken).AsTask());
    }
}
