using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Files;

/// <summary>Writes one JSON object per line.</summary>
[Sink(typeof(JsonFileSettings))]
internal sealed class JsonFileSink(JsonFileSettings settings, SinkContext context) : ISink
{
    private readonly RotatingFile _file = new(settings, heading: "", """{"channel":""", context.Time);

    public string Location => settings.Location;

    public ValueTask<string?> TestAsync(CancellationToken cancellation) => new(_file.Test());

    public ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        StringBuilder lines = new();
        foreach (SinkBatch batch in batches)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                DataObject entry = new(
                    new("channel", DataValue.From(batch.Channel.Name)),
                    new("t", DataValue.From(batch.Points.Times.Span[i])),
                    new("d", batch.Points.Values[i]));
                lines.Append(DataValue.From(entry).ToJson()).Append('\n');
            }
        }

        _file.Append(Encoding.UTF8.GetBytes(lines.ToString()));
        return new([.. batches.Select(BatchOutcome.Accepted)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
