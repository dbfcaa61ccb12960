using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;
using ConnectorDb.Writer;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>A logger in a file of its own, and a database that it may send to over a line that the test can cut.</summary>
public sealed class LoggerFile : IAsyncDisposable
{
    private readonly Dictionary<string, ISink> _sinks = [];

    public LoggerFile(Database database)
    {
        Database = database;
        Logger = Open();
    }

    public Database Database { get; }

    public string Path => Database.File + ".log";

    public DataLogger Logger { get; }

    /// <summary>The action of the next call of this name to the database.</summary>
    public Func<string, CuttingClient.Cut> Line { get; set; } = _ => CuttingClient.Cut.None;

    /// <summary>Another logger on the same file.</summary>
    public DataLogger Open() => DataLogger.Open(new DataLoggerOptions
    {
        Path = Path,
        KeyFolder = Database.KeyFolder,
        Time = Database.Clock,
        Patience = TimeSpan.FromMilliseconds(500),
        OpenSink = settings => _sinks.TryGetValue(settings.Name ?? settings.Kind, out ISink? sink) ? sink : SinkCatalog.Open(settings, new SinkContext { Connect = Connect, Time = Database.Clock }),
    });

    /// <summary>The database as a destination.</summary>
    public ConnectorDbSettings ToDatabase => new() { Path = Database.File, KeyFolder = Database.KeyFolder, As = "me/user" };

    public void AddStream(string name, string? schema = null)
        => Logger.AddChannel(new LogChannel { Name = name, IsToCreate = true, Definition = new StreamDefinition { Schema = schema } });

    /// <summary>A destination that the test looks after.</summary>
    public RecordingSink AddRecorder(string name = "recorder")
    {
        RecordingSink sink = new();
        _sinks[name] = sink;
        Logger.AddSink(new ConnectorDbSettings { Name = name });
        return sink;
    }

    /// <summary>Writes whole numbers as values at the times of the same numbers.</summary>
    public void Write(string channel, params long[] numbers)
        => Logger.Write(channel, new Block(numbers.Select(n => (double)n).ToArray(), new IntegerColumn(numbers)));

    public Task<SyncResult> Sync() => Logger.SyncAsync(TimeSpan.FromSeconds(60), Some.NoToken);

    /// <summary>Syncs the destinations that are due, as the background does, and returns the delay until the next one.</summary>
    public async Task<TimeSpan> SyncDue()
        => (await Task.WhenAll(Logger.GetStatus().Destinations.Select((_, i) => Logger.SyncDueAsync(i + 1, Some.NoToken)))).Min();

    /// <summary>The times of the datapoints in a stream of the database.</summary>
    public long[] Stored(string stream) => [.. Database.Read(CdbPath.Parse($"me/user/{stream}")).Select(point => (long)point.T)];

    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        Database.Dispose();
    }

    private ICdbClient Connect(ConnectorDbSettings settings) => CuttingClient.Around(
        EmbeddedClient.Open(new EmbeddedOptions { Path = settings.Path, KeyFolder = settings.KeyFolder, As = CdbPath.Parse(settings.As!), Time = Database.Clock }),
        name => Line(name));
}
