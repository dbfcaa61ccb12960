using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Files;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.InitialState;

/// <summary>Sends events to a bucket of Initial State or, in offline mode, writes them to a CSV file.</summary>
[Sink(typeof(InitialStateSettings))]
internal sealed class InitialStateSink : ISink
{
    private readonly ISink _target;

    /// <exception cref="InvalidValueException">Neither the settings nor isstreamer.ini contain an access key.</exception>
    public InitialStateSink(InitialStateSettings settings, SinkContext context)
    {
        settings = StreamerIni.Complete(settings, Environment.CurrentDirectory, StreamerIni.Home);
        _target = settings.OfflineFile is { } file
            ? new CsvFileSink(new CsvFileSettings { Path = file }, context)
            : new InitialStateBucket(settings, context);
    }

    public string Location => _target.Location;

    public ValueTask<string?> TestAsync(CancellationToken cancellation) => _target.TestAsync(cancellation);

    public ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
        => _target.WriteAsync(batches, cancellation);

    public ValueTask DisposeAsync() => _target.DisposeAsync();
}
