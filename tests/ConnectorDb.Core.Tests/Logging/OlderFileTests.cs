using System.IO.Compression;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>A logger's file of format version 1, as the version before 2 wrote it.</summary>
/// <remarks>
/// The file contains datapoints of temperature at the seconds 1 to 700 after 1,500,000,000, the first 300 in one block, a point of climate and an
/// event. The destination first has received 300, second none. See docs/design/060-outbox.md.
/// </remarks>
public sealed class OlderFileTests : IDisposable
{
    private const int Entries = 702;
    private const int PageSize = 4096;
    private const double Start = 1_500_000_000;
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, RecordingSink> _sinks = new() { ["first"] = new(), ["second"] = new() };

    public OlderFileTests()
    {
        using FileStream packed = File.OpenRead(Path.Combine(Repository.Root, "tests", "ConnectorDb.Core.Tests", "Logging", "Files", "outbox-version-1.db.gz"));
        using GZipStream content = new(packed, CompressionMode.Decompress);
        using FileStream file = File.Create(OutboxFile);
        content.CopyTo(file);
    }

    private string OutboxFile => _folder["outbox.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_in_a_file_of_version_1_is_sent_and_new_entries_after_it()
    {
        await using DataLogger logger = Open();
        Assert.Null(logger.Recovery);
        Assert.Equal(("cellar", Entries), (logger.Settings.Name, logger.GetStatus().Cached));
        Assert.Equal([(300, Entries - 300), (0, Entries)], logger.GetStatus().Destinations.Select(each => (each.Sent, each.Pending)));
        logger.Write("temperature", Some.Point(Start + 1000, DataValue.From(1.5)));

        Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);

        double[] all = [.. Enumerable.Range(1, 700).Append(1000).Select(n => Start + n)];
        Assert.Equal(all[300..], TimesOf("first", "temperature"));
        Assert.Equal(all, TimesOf("second", "temperature"));
        Assert.All(_sinks["second"].Entries.Where(entry => entry.Channel == "temperature").SkipLast(1), entry => Assert.Equal((entry.T - Start) / 2, entry.Value.AsDouble()));
        Assert.All(_sinks.Values, sink =>
        {
            Assert.Equal("""{"humidity":41.5}""", DataValue.From(LogPoint.Read(sink.Entries.Single(entry => entry.Channel == "climate").Value).Fields).ToJson());
            Assert.Equal("door opened", LogEvent.Read(0, sink.Entries.Single(entry => entry.Channel == "events").Value).Text);
        });
        Assert.Equal(0, logger.GetStatus().Cached);
    }

    [Fact]
    public async Task A_damaged_page_of_a_file_of_version_1_costs_only_its_own_entries()
    {
        byte[] whole = await File.ReadAllBytesAsync(OutboxFile);
        byte[] noise = new byte[PageSize];
        new Random(1).NextBytes(noise);
        int recovered = 0;
        for (int page = 1; page < whole.Length / PageSize; page++)
        {
            byte[] damaged = [.. whole];
            noise.CopyTo(damaged, page * PageSize);
            await File.WriteAllBytesAsync(OutboxFile, damaged);
            _sinks["second"] = new RecordingSink();

            await using DataLogger logger = Open();

            LoggerStatus status = logger.GetStatus();
            Assert.True(status.Cached == Entries || status.Damaged > 0, $"page {page}: {logger.Recovery}");
            Assert.True(logger.Sinks.Count == 2 || logger.Recovery is { IsIncomplete: true }, $"page {page}: {logger.Recovery}");
            if (logger.Sinks.Count == 2 && logger.Recovery is { IsIncomplete: false })
            {
                recovered++;
                await logger.SyncAsync(TimeSpan.Zero, Some.NoToken);
                Assert.Equal(logger.Recovery.Saved, _sinks["second"].Entries.Count);
            }
        }

        Assert.NotEqual(0, recovered);
    }

    private double[] TimesOf(string sink, string channel) => [.. _sinks[sink].Entries.Where(entry => entry.Channel == channel).Select(entry => entry.T)];

    private DataLogger Open() => DataLogger.Open(new DataLoggerOptions
    {
        Path = OutboxFile,
        KeyFolder = _folder["keys"],
        Patience = TimeSpan.FromMilliseconds(500),
        OpenSink = settings => _sinks[settings.Name!],
    });
}
