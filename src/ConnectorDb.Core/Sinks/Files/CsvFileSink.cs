using System.Globalization;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;
using CsvHelper;
using CsvHelper.Configuration;

namespace ConnectorDb.Core.Sinks.Files;

/// <summary>Writes rows of epoch, key and value.</summary>
[Sink(typeof(CsvFileSettings))]
internal sealed class CsvFileSink(CsvFileSettings settings, SinkContext context) : ISink
{
    private const string Header = "epoch,key,value\n";
    private static readonly CsvConfiguration s_format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly RotatingFile _file = new(settings, (settings.ByteOrderMark ? "\uFEFF" : "") + Header, Header, context.Time);

    public string Location => settings.Location;

    public ValueTask<string?> TestAsync(CancellationToken cancellation) => new(_file.Test());

    public ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (CsvWriter rows = new(text, s_format))
        {
            foreach (SinkBatch batch in batches)
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    Write(rows, batch.Channel.Name, batch.Points.Times.Span[i], batch.Points.Values[i]);
                }
            }
        }

        _file.Append(Encoding.UTF8.GetBytes(text.ToString()));
        return new([.. batches.Select(BatchOutcome.Accepted)]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Write(CsvWriter rows, string channel, double t, DataValue value)
    {
        KeyValuePair<string, DataValue>[] fields = [.. ObjectFields.Of(channel, value)];

        // An empty object or array has no members, but is a value.
        foreach ((string key, DataValue simple) in fields.Length > 0 ? fields : [new(channel, value)])
        {
            // A line break inside a field would make a partial line look complete after a crash.
            string text = simple.Kind == DataKind.Text ? simple.AsText().ReplaceLineEndings(" ") : simple.IsNull ? "" : simple.ToJson();
            rows.WriteField(t.ToString("R", CultureInfo.InvariantCulture));
            rows.WriteField(key);
            rows.WriteField(text);
            rows.NextRecord();
        }
    }
}
