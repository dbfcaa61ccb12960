using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>A destination that remembers what it was given, and answers as the test tells it.</summary>
public sealed class RecordingSink : ISink
{
    private readonly List<(string Channel, double T, DataValue Value)> _items = [];

    /// <summary>What it has accepted.</summary>
    public IReadOnlyList<(string Channel, double T, DataValue Value)> Items => _items;

    public int Calls { get; private set; }

    public Func<SinkBatch, BatchOutcome> Answer { get; set; } = BatchOutcome.Accepted;

    public string Location => "this test";

    public ValueTask TestAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batch, CancellationToken cancellation)
    {
        Calls++;
        List<BatchOutcome> outcomes = [];
        foreach (SinkBatch run in batch)
        {
            BatchOutcome outcome = Answer(run);
            outcomes.Add(outcome);
            for (int i = 0; i < run.Count; i++)
            {
                if (outcome[i] == SinkVerdict.Accepted)
                {
                    _items.Add((run.Channel.Name, run.Points.Times.Span[i], run.Points.Values[i]));
                }
            }
        }

        return new(outcomes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
