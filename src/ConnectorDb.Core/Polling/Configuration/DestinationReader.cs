using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads the destination of values, from our own member or from the database of an rpdemo file.</summary>
/// <param name="path">The configuration file.</param>
internal sealed class DestinationReader(string path, ConfigErrors errors, PollFileContext context)
{
    private const string OutboxExtension = ".outbox";
    private const string RpdemoMeasurement = "rpdemo";

    public static string[] Known { get; } = ["logger", "measurement", "sinks", "syncPeriod", "continuousWrite", "maxBytes", "maxAge", "whenFull"];

    /// <param name="json">The member <c>destination</c>, or null.</param>
    /// <param name="database">The member <c>database</c> of rpdemo, or null. Its files use one measurement for all items.</param>
    public PollDestination Read(PositionedJson? json, string? database)
    {
        PollDestination destination = json is null ? new PollDestination() : Read(json);
        if (database is null)
        {
            return destination;
        }

        destination = destination with { Measurement = destination.Measurement ?? RpdemoMeasurement };
        return destination.Logger is null ? InDatabase(destination, database) : destination;
    }

    private PollDestination Read(PositionedJson json)
    {
        ObjectReader members = new(json, "The destination", Known, errors, StringComparer.OrdinalIgnoreCase);
        PositionedJson? sinks = members.Find("sinks");
        return new PollDestination
        {
            Logger = members.Text("logger") is not null ? new PathReader(path, errors).Read("logger", members.Find("logger")!, "values.outbox") : sinks is null ? null : OwnLogger(),
            Measurement = members.Text("measurement"),
            Sinks = sinks is null ? [] : new SinkReader(path, errors, context.Check).Read(sinks),
            SyncPeriod = members.Seconds("syncPeriod", TimeSpan.FromSeconds(1)),
            ContinuousWrite = members.Flag("continuousWrite"),
            MaxBytes = members.Whole("maxBytes", 1, long.MaxValue),
            MaxAge = members.Seconds("maxAge", TimeSpan.FromSeconds(1)),
            WhenFull = members.Choice<BoundPolicy>("whenFull"),
        };
    }

    /// <summary>Writes like rpdemo: every second, into a database that is created if missing.</summary>
    private PollDestination InDatabase(PollDestination destination, string database)
    {
        InfluxDbSettings influx = new() { Url = context.InfluxDb, Version = 1, Database = database, CreateDatabase = true };
        context.Check?.Invoke(influx);
        return destination with { Logger = OwnLogger(), Sinks = [influx], ContinuousWrite = true, IsFromRpdemo = true };
    }

    /// <summary>The logger next to the configuration file, with the same name.</summary>
    private string OwnLogger() => Path.ChangeExtension(path, OutboxExtension);
}
