using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Files;

/// <summary>Writes one JSON object a line.</summary>
[Sink(typeof(JsonFileSettings))]
internal sealed class JsonFileSink(JsonFileSettings settings, SinkContext context) : ISink
{
    private readonly RotatingFile _file = new(settings, heading: "", context.Time);

    public string Location => settings.Location;

    public ValueTask TestAsync(CancellationToken cancellation)
    {
        _file.Test();
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<RunOutcome>> WriteAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation)
    {
        StringBuilder lines = new();
        foreach (SinkRun run in batch)
        {
            for (int i = 0; i < run.Count; i++)
            {
                DataObject item = new(
                    new("channel", DataValue.From(run.Channel.Name)),
                    new("t", DataValue.From(run.Points.Times.Span[i])),
                    new("d", run.Points.Values[i]));
                lines.Append(DataValue.From(item).ToJson()).Append('\n');
            }
        }

        _file.Append(Encoding.UTF8.GetBytes(lines.ToString()));
        return new([.. batch.Select(RunOutcome.Accepted)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
