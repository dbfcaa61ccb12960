using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads where values go: what our files say, and what the database of an rpdemo file means.</summary>
/// <param name="path">The configuration.</param>
internal sealed class DestinationReader(string path, FaultList faults, PollFileContext context)
{
    private const string OutboxEnding = ".outbox";
    private const string MeasurementOfRpdemo = "rpdemo";

    public static string[] Known { get; } = ["logger", "measurement", "sinks", "syncPeriod", "continuousWrite", "maxBytes", "maxAge", "whenFull"];

    /// <param name="json">Null when the file has none.</param>
    /// <param name="database">The database of rpdemo, whose files have one measurement for all; null when the file has none.</param>
    public PollDestination Read(PlacedJson? json, string? database)
    {
        PollDestination destination = json is null ? new PollDestination() : Read(json);
        if (database is null)
        {
            return destination;
        }

        destination = destination with { Measurement = destination.Measurement ?? MeasurementOfRpdemo };
        return destination.Logger is null ? InDatabase(destination, database) : destination;
    }

    private PollDestination Read(PlacedJson json)
    {
        PlacedMembers members = new(json, "The destination", Known, faults, StringComparer.OrdinalIgnoreCase);
        PlacedJson? sinks = members.Find("sinks");
        return new PollDestination
        {
            Logger = members.Text("logger") is { } logger ? Path.GetFullPath(logger, Path.GetDirectoryName(path)!) : sinks is null ? null : OwnLogger(),
            Measurement = members.Text("measurement"),
            Sinks = sinks is null ? [] : new SinkReader(path, faults, context.Check).Read(sinks),
            SyncPeriod = members.Seconds("syncPeriod", TimeSpan.FromSeconds(1)),
            ContinuousWrite = members.Flag("continuousWrite"),
            MaxBytes = members.Whole("maxBytes", 1, long.MaxValue),
            MaxAge = members.Seconds("maxAge", TimeSpan.FromSeconds(1)),
            WhenFull = members.Choice<BoundPolicy>("whenFull"),
        };
    }

    /// <summary>As rpdemo writes: each second, into a database that it makes when it is not there.</summary>
    private PollDestination InDatabase(PollDestination destination, string database)
    {
        InfluxDbSettings influx = new() { Url = context.InfluxDb, Version = 1, Database = database, CreateDatabase = true };
        context.Check?.Invoke(influx);
        return destination with { Logger = OwnLogger(), Sinks = [influx], ContinuousWrite = true, IsOfRpdemo = true };
    }

    /// <summary>A logger beside the configuration, under its name.</summary>
    private string OwnLogger() => Path.ChangeExtension(path, OutboxEnding);
}
